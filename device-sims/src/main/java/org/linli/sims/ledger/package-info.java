/** The counts of gateway and hub, and the equations that must hold between them. */
@NullMarked
package org.linli.sims.ledger;

import org.jspecify.annotations.NullMarked;
