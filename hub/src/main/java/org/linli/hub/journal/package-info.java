/**
 * Applied batches on their way to the history: the events, the journal in the hub's records, and
 * the archive of batches that the stores have received. The intake adds to the journal; a store
 * implements DurableStore.
 */
@NullMarked
package org.linli.hub.journal;

import org.jspecify.annotations.NullMarked;
