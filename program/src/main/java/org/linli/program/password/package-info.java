/** Password checks on a thread of their own, in turns (docs/decisions/0043). */
@NullMarked
package org.linli.program.password;

import org.jspecify.annotations.NullMarked;
