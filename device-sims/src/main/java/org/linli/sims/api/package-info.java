/** Access to the public interfaces of gateway and hub, as for any outside program. */
@NullMarked
package org.linli.sims.api;

import org.jspecify.annotations.NullMarked;
