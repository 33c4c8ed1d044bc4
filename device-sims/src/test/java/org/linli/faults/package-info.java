/** Tests that need the faults and the programs they are for. */
@NullMarked
package org.linli.faults;

import org.jspecify.annotations.NullMarked;
