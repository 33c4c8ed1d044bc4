/**
 * The permanent threads of a program, and the handling of their exceptions. Out of memory ends the
 * program at once; anything else is reported in log, health and an alert, and the thread continues
 * (docs/decisions/0023).
 */
@NullMarked
package org.linli.program.thread;

import org.jspecify.annotations.NullMarked;
