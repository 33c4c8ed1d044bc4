/** Bounded attacks on a gateway and a hub, beside a device that means well. */
@NullMarked
package org.linli.sims.hostile;

import org.jspecify.annotations.NullMarked;
