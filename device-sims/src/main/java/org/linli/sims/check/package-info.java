/** The judge: what the simulators counted against what gateway and hub say of themselves. */
@NullMarked
package org.linli.sims.check;

import org.jspecify.annotations.NullMarked;
