package org.linli.sims.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linli.sims.api.JsonApi;
import org.linli.sims.console.CannotRunException;
import tools.jackson.databind.JsonNode;

/**
 * The figures that gateway and hub report at one time.
 *
 * @param gateway the figures of the gateway's ledger by name
 * @param hub the figures of the hub's ledger by name
 */
public record Figures(Map<String, Long> gateway, Map<String, Long> hub) {

  private static final List<String> OF_GATEWAY =
      List.of("offered", "taken", "refused", "repeated", "receipted", "queued", "shed");
  private static final List<String> OF_HUB = List.of("received", "applied", "duplicate", "dead");

  /**
   * Reads the figures of both.
   *
   * @throws CannotRunException when one does not answer, or lacks a figure
   */
  public static Figures ask(JsonApi agent, JsonApi hub)
      throws CannotRunException, InterruptedException {
    return new Figures(
        read("gateway", agent.get("/api/ledger"), OF_GATEWAY),
        read("hub", hub.get("/api/v1/ledger"), OF_HUB));
  }

  /** One of the gateway's figures, in events. */
  public long gateway(String figure) {
    return gateway.getOrDefault(figure, 0L);
  }

  /** One of the hub's figures, in events. */
  public long hub(String figure) {
    return hub.getOrDefault(figure, 0L);
  }

  /** Whether everything that the gateway took was delivered or shed. */
  public boolean settled() {
    return gateway("queued") == 0
        && hub("applied") + hub("dead") + gateway("shed") >= gateway("taken");
  }

  private static Map<String, Long> read(String who, JsonNode ledger, List<String> figures)
      throws CannotRunException {
    Map<String, Long> read = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    for (String figure : figures) {
      JsonNode value = ledger.path(figure);
      if (value.isIntegralNumber()) {
        read.put(figure, value.asLong());
      } else {
        missing.add(figure);
      }
    }
    if (!missing.isEmpty()) {
      throw CannotRunException.unreachable(
          "The %s's ledger lacks %s.".formatted(who, String.join(", ", missing)));
    }
    return read;
  }
}
