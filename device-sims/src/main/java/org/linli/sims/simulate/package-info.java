/** Plays a day to a gateway and counts what it sent and what was answered. */
@NullMarked
package org.linli.sims.simulate;

import org.jspecify.annotations.NullMarked;
