/** The shares of the heap. */
@NullMarked
package org.linli.edge.memory;

import org.jspecify.annotations.NullMarked;
