@NullMarked
package org.linli.edge.profile.sparkplug;

import org.jspecify.annotations.NullMarked;
