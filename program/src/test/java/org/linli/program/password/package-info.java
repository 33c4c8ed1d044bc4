@NullMarked
package org.linli.program.password;

import org.jspecify.annotations.NullMarked;
