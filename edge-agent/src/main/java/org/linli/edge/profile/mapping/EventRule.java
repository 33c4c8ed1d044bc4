package org.linli.edge.profile.mapping;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.event.EventType;

/**
 * One entry under {@code events:}.
 *
 * @param signal what its known state is called, of each point of a device
 * @param when the event is added only if this is true; null for always
 * @param change the event is added only if this differs from the previous message; null for always
 * @param id gives the event's id; null for none
 * @param time gives when it happened; null if the message does not say
 * @param values each gives a value; null if {@code allValues} is used
 * @param allValues gives an object of values
 */
record EventRule(
    String signal,
    EventType type,
    @Nullable Expression when,
    @Nullable Expression change,
    @Nullable Expression id,
    @Nullable Expression time,
    Map<String, Expression> values,
    @Nullable Expression allValues) {}
