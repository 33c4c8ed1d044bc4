/** Plays a day to a gateway and keeps its own count. */
@NullMarked
package org.linli.sims.simulate;

import org.jspecify.annotations.NullMarked;
