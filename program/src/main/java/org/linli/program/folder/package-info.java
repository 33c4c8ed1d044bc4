/** The folder that a program keeps its state in, and who may read what is there. */
@NullMarked
package org.linli.program.folder;

import org.jspecify.annotations.NullMarked;
