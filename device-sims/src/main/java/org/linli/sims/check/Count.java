package org.linli.sims.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.linli.sims.console.CannotRunException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The simulators' own count, from the file that {@code simulate --report} wrote. */
record Count(long offered, long acknowledged, long refused, long unanswered, Messages messages) {

  /**
   * Messages in vendors' formats; the number of events that a gateway makes of them is not fixed.
   *
   * @param leastEvents from the acknowledged messages
   * @param mostEvents from the offered messages
   */
  record Messages(long offered, long acknowledged, long leastEvents, long mostEvents) {}

  static Count read(Path report) throws CannotRunException {
    try {
      JsonNode node = JsonMapper.shared().readTree(Files.readAllBytes(report));
      return new Count(
          node.required("offered").asLong(),
          node.required("acknowledged").asLong(),
          node.required("refused").asLong(),
          node.required("unanswered").asLong(),
          messages(node.path("messages")));
    } catch (IOException | JacksonException e) {
      throw CannotRunException.unusable(
          report + " is no report of \"device-sims simulate --report\".");
    }
  }

  /** Reports of simulators without vendors' formats lack this node. */
  private static Messages messages(JsonNode node) {
    return new Messages(
        node.path("offered").asLong(0),
        node.path("acknowledged").asLong(0),
        node.path("leastEvents").asLong(0),
        node.path("mostEvents").asLong(0));
  }
}
