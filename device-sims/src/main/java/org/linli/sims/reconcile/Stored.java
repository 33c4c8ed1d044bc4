package org.linli.sims.reconcile;

import java.time.DateTimeException;
import java.time.Instant;
import org.linli.event.EventId;
import org.linli.event.UnreadableAlarm;
import org.linli.sims.journal.Content;
import tools.jackson.databind.JsonNode;

/**
 * An event as the hub returns it.
 *
 * @param time the device's time, whether or not it was believable
 * @param checksum of {@link Content}
 */
record Stored(
    String id,
    String kind,
    String type,
    String lane,
    Instant time,
    long epoch,
    long order,
    int checksum,
    JsonNode values) {

  /**
   * Reads an item of {@code GET /api/v1/events}.
   *
   * @throws DateTimeException when its time is invalid
   */
  static Stored of(JsonNode item) {
    JsonNode deviceTime = item.path("deviceTime");
    return new Stored(
        item.path("id").asString(""),
        item.path("kind").asString(""),
        item.path("type").asString(""),
        item.path("lane").asString(""),
        Instant.parse((deviceTime.isString() ? deviceTime : item.path("time")).asString("")),
        item.path("epoch").asLong(0),
        item.path("order").asLong(0),
        Content.checksum(item.path("values")),
        item.path("values"));
  }

  /** Whether the gateway reported this about the device, and not the device itself. */
  boolean isByGateway() {
    return id.startsWith(EventId.MADE_BY_GATEWAY)
        && (type.equals("device.online")
            || type.equals("device.offline")
            || type.equals(UnreadableAlarm.TYPE.value()));
  }

  boolean isAfter(Stored other) {
    return epoch == other.epoch ? order > other.order : epoch > other.epoch;
  }
}
