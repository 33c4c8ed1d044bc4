/**
 * What gateway and hub count of themselves, and the equations that must hold between the counts.
 */
@NullMarked
package org.linli.sims.ledger;

import org.jspecify.annotations.NullMarked;
