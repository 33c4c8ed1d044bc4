package org.linli.hub.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.linli.event.Kind;
import org.linli.event.Values;
import org.linli.rules.Watch;

/**
 * What a rule remembers of a device, and the event an alert would be about.
 *
 * @param event id of that event
 * @param happenedAt its time
 * @param values what it carried, while an alert about it is due later; otherwise null
 */
record Watched(Kind kind, Watch watch, String event, Instant happenedAt, @Nullable Values values) {}
