/** Tests of the delivery contract with the real gateway side and the real hub side in one process. */
@NullMarked
package org.linli.sims.contract;

import org.jspecify.annotations.NullMarked;
