/** How long to wait before something that failed is tried again. */
@NullMarked
package org.linli.edge.retry;

import org.jspecify.annotations.NullMarked;
