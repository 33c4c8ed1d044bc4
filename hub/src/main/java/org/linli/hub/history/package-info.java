/**
 * Events and time series, in the configured store. Each store is one {@link
 * org.linli.hub.history.HistoryStore} in a package of its own.
 */
@NullMarked
package org.linli.hub.history;

import org.jspecify.annotations.NullMarked;
