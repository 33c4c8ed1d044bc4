/** Checks a load: compares its record with what the hub's public API returns. */
@NullMarked
package org.linli.sims.reconcile;

import org.jspecify.annotations.NullMarked;
