@NullMarked
package org.linli.edge.profile;

import org.jspecify.annotations.NullMarked;
