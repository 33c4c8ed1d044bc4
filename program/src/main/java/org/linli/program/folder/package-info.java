/** The folder that holds a program's state, and the access rights to it. */
@NullMarked
package org.linli.program.folder;

import org.jspecify.annotations.NullMarked;
