@NullMarked
package org.linli.program.memory;

import org.jspecify.annotations.NullMarked;
