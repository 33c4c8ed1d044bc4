package org.linli.edge.profile.thingsboard;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.Unreadable;
import tools.jackson.databind.JsonNode;

/** Which entries of a list could be read. For one thread. */
final class Entries {

  private final List<JsonNode> broken = new ArrayList<>();
  private @Nullable Unreadable first;
  private boolean hasOne;

  /** One was read. */
  void read() {
    hasOne = true;
  }

  /**
   * One could not be read.
   *
   * @param entry becomes a dead letter, as it is written, if others can be read
   * @throws Unreadable if it is too large, which refuses all of them
   */
  void broken(JsonNode entry, Unreadable why) throws Unreadable {
    if (why.refusal().reason() == RefusalReason.TOO_LARGE) {
      throw why;
    }
    first = first == null ? why : first;
    broken.add(entry);
  }

  /**
   * To be called after the last one.
   *
   * @throws Unreadable if none could be read
   */
  void end(MessageReading reading) throws Unreadable {
    Unreadable why = first;
    if (why == null) {
      return;
    }
    if (!hasOne) {
      throw why;
    }
    reading.document().note(why.defect());
    for (JsonNode each : broken) {
      reading.document().keepUnread(why, each.toString().getBytes(StandardCharsets.UTF_8));
    }
  }
}
