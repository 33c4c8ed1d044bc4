/** The judge of a load: its own record against what the hub shows anybody who asks. */
@NullMarked
package org.linli.sims.reconcile;

import org.jspecify.annotations.NullMarked;
