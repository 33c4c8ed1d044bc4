/** Bounded attacks on a gateway and a hub, beside a legitimate device. */
@NullMarked
package org.linli.sims.hostile;

import org.jspecify.annotations.NullMarked;
