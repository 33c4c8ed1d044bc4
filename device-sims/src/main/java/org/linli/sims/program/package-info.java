/** Hub, gateway and broker as processes that can be started, frozen, killed and looked at. */
@NullMarked
package org.linli.sims.program;

import org.jspecify.annotations.NullMarked;
