package org.linli.edge.profile.mapping;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.event.EventType;

/**
 * One entry under {@code events:}.
 *
 * @param when said only where this is true; null for always
 * @param change said only where this gives something else than in the message before; null for
 *     always
 * @param id gives the event's id; null for none
 * @param time gives when it happened; null where the message does not say
 * @param values each gives a value; null where {@code allValues} is used
 * @param allValues gives an object of values
 */
record EventRule(
    EventType type,
    @Nullable Expression when,
    @Nullable Expression change,
    @Nullable Expression id,
    @Nullable Expression time,
    Map<String, Expression> values,
    @Nullable Expression allValues) {}
