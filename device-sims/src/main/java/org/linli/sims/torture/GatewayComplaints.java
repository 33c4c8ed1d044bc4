package org.linli.sims.torture;

import java.util.List;
import java.util.stream.Stream;
import org.linli.sims.api.JsonApi;
import org.linli.sims.console.CannotRunException;
import tools.jackson.databind.JsonNode;

/**
 * The hub's alerts that a gateway's messages are inconsistent.
 *
 * @param counts about counts that differ, each with its timeline
 * @param histories about a different history, each with its timeline
 */
record GatewayComplaints(List<String> counts, List<String> histories) {

  private static final String COUNTS = "gateway.counts-differ";
  private static final String HISTORIES = "gateway.history-differs";

  GatewayComplaints {
    counts = List.copyOf(counts);
    histories = List.copyOf(histories);
  }

  static GatewayComplaints ask(JsonApi hub) throws CannotRunException, InterruptedException {
    List<JsonNode> alerts = hub.everyItem("/api/v1/alerts?kind=gateway&limit=500");
    return new GatewayComplaints(of(alerts, COUNTS), of(alerts, HISTORIES));
  }

  private static List<String> of(List<JsonNode> alerts, String type) {
    return alerts.stream()
        .filter(alert -> alert.path("type").asString("").equals(type))
        .map(alert -> type + ": " + alert.path("timeline"))
        .toList();
  }

  int ofHistories() {
    return histories.size();
  }

  List<String> ofCountsOnly() {
    return counts;
  }

  List<String> all() {
    return Stream.concat(counts.stream(), histories.stream()).toList();
  }
}
