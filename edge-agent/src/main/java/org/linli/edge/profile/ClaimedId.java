package org.linli.edge.profile;

import org.linli.edge.intake.RefusalReason;
import org.linli.event.EventId;

/** The id that a device gives to an event. */
final class ClaimedId {

  private ClaimedId() {}

  /**
   * @throws Unreadable if it is too long or malformed, or one that only the gateway gives
   */
  static EventId of(String id) throws Unreadable {
    if (id.startsWith(EventId.MADE_BY_GATEWAY)) {
      throw new Unreadable(
          RefusalReason.BAD_FIELD,
          "id: starts with linli-, which is kept for the events that the gateway makes");
    }
    try {
      return new EventId(id);
    } catch (IllegalArgumentException broken) {
      throw new Unreadable(RefusalReason.BAD_FIELD, "id: " + broken.getMessage());
    }
  }
}
