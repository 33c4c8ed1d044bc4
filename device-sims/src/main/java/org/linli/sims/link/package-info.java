/** Ways to a gateway, one per protocol, that keep trying until the gateway has answered. */
@NullMarked
package org.linli.sims.link;

import org.jspecify.annotations.NullMarked;
