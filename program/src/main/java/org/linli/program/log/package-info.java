/** Log output that no outsider can flood or forge. */
@NullMarked
package org.linli.program.log;

import org.jspecify.annotations.NullMarked;
