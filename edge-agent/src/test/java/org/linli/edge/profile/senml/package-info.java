@NullMarked
package org.linli.edge.profile.senml;

import org.jspecify.annotations.NullMarked;
