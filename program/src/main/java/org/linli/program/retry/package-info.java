/** Back-off between attempts. */
@NullMarked
package org.linli.program.retry;

import org.jspecify.annotations.NullMarked;
