/**
 * The threads of a program that must live, and what becomes of whatever they throw: out of memory
 * ends the program at once; anything else is said in log, health and an alert, and the thread goes
 * on (docs/decisions/0023).
 */
@NullMarked
package org.linli.program.thread;

import org.jspecify.annotations.NullMarked;
