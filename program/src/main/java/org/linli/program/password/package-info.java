/** Passwords are checked on a thread of their own, by turns (docs/decisions/0043). */
@NullMarked
package org.linli.program.password;

import org.jspecify.annotations.NullMarked;
