/** Tests of the delivery contract with the real gateway and hub parts in one process. */
@NullMarked
package org.linli.sims.contract;

import org.jspecify.annotations.NullMarked;
