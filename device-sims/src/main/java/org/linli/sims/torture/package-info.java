/**
 * Tries to break Linli's promises: makes programs, networks and batches fail by a seeded plan while
 * devices report, and then accounts for every event.
 */
@NullMarked
package org.linli.sims.torture;

import org.jspecify.annotations.NullMarked;
