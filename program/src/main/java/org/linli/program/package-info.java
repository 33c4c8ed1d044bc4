/** The parts that gateway and hub share as programs, independent of events. */
@NullMarked
package org.linli.program;

import org.jspecify.annotations.NullMarked;
