package org.linli.hub.console.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.event.EventType;
import org.linli.hub.history.StoredEvent;
import org.linli.hub.intake.SimilarType;

/**
 * An event, as the API shows it.
 *
 * @param community that of its gateway when it was applied; null if the history does not say
 * @param similarTo the known type that an unknown one was most likely meant to be; otherwise null
 * @param deviceTime the time that the device reported, if it was not believed; otherwise null
 * @param values numbers, booleans and strings, in the device's order
 */
@Schema(name = "Event")
record EventShape(
    String id,
    @Nullable String community,
    String device,
    String gateway,
    String kind,
    String type,
    @Nullable String similarTo,
    String lane,
    long epoch,
    long order,
    Instant time,
    @Nullable Instant deviceTime,
    Instant takenAt,
    Instant receivedAt,
    Instant storedAt,
    boolean late,
    Map<String, Object> values) {

  static EventShape of(StoredEvent event) {
    EventType similarTo = SimilarType.of(event.kind(), event.type());
    return new EventShape(
        event.id(),
        CommunityNames.of(event.community()),
        event.device().value(),
        event.gateway().value(),
        event.kind().wireName(),
        event.type().value(),
        similarTo == null ? null : similarTo.value(),
        event.lane().wireName(),
        event.epoch(),
        event.order(),
        event.time(),
        event.deviceTime(),
        event.takenAt(),
        event.receivedAt(),
        event.storedAt(),
        event.late(),
        PlainValues.of(event.values()));
  }
}
