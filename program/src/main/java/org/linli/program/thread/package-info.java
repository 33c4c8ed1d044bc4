/**
 * The threads of a program that must live, and the handling of whatever they throw. Out of memory
 * ends the program at once; anything else is reported in log, health and an alert, and the thread
 * continues (docs/decisions/0023).
 */
@NullMarked
package org.linli.program.thread;

import org.jspecify.annotations.NullMarked;
