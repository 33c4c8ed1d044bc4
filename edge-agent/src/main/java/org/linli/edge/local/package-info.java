/** The page and the figures that the gateway serves itself. */
@NullMarked
package org.linli.edge.local;

import org.jspecify.annotations.NullMarked;
