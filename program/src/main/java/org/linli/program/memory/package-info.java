/** What a program may keep in mind, in bytes of its heap. */
@NullMarked
package org.linli.program.memory;

import org.jspecify.annotations.NullMarked;
