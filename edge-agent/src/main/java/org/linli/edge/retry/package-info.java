/** Back-off between attempts. */
@NullMarked
package org.linli.edge.retry;

import org.jspecify.annotations.NullMarked;
