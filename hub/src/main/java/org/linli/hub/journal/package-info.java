/**
 * What was applied, on its way to the stores of the history: the events, the journal in the hub's
 * records, and the archive of what the stores have received. The intake adds to it; a store
 * implements DurableStore.
 */
@NullMarked
package org.linli.hub.journal;

import org.jspecify.annotations.NullMarked;
