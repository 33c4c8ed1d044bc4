/** Hub, gateway and broker as processes that can be started, frozen, killed and inspected. */
@NullMarked
package org.linli.sims.program;

import org.jspecify.annotations.NullMarked;
