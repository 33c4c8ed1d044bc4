/**
 * The attempt to break what Linli promises: programs, networks and batches are made to fail by a
 * seeded plan while devices report, and afterwards every event is accounted for.
 */
@NullMarked
package org.linli.sims.torture;

import org.jspecify.annotations.NullMarked;
