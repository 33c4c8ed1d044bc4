/** The share of the heap that each part of the gateway may use. */
@NullMarked
package org.linli.edge.memory;

import org.jspecify.annotations.NullMarked;
