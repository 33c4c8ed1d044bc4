@NullMarked
package org.linli.program.retry;

import org.jspecify.annotations.NullMarked;
