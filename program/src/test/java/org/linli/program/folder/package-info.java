@NullMarked
package org.linli.program.folder;

import org.jspecify.annotations.NullMarked;
