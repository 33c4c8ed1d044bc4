/** Events and time series, in the store that was chosen. */
@NullMarked
package org.linli.hub.history;

import org.jspecify.annotations.NullMarked;
