/** Programs that tests start beside themselves. */
@NullMarked
package org.linli.program.process;

import org.jspecify.annotations.NullMarked;
