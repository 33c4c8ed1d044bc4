/** Log lines that nobody outside can multiply. */
@NullMarked
package org.linli.program.log;

import org.jspecify.annotations.NullMarked;
