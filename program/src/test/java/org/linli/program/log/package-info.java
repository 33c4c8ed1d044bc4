@NullMarked
package org.linli.program.log;

import org.jspecify.annotations.NullMarked;
