/** Limits on what a program keeps in memory, in bytes of its heap. */
@NullMarked
package org.linli.program.memory;

import org.jspecify.annotations.NullMarked;
