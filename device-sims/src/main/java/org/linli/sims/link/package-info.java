/** Connections to a gateway, one class per protocol, that retry until the gateway has answered. */
@NullMarked
package org.linli.sims.link;

import org.jspecify.annotations.NullMarked;
