package org.linli.sims.simulate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The count of a run as a file, for {@code check} and for scripts. */
final class Report {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Report() {}

  static void write(Path file, Map<Protocol, Tally.Count> counts, MessageTally messages)
      throws IOException {
    ObjectNode report = MAPPER.createObjectNode();
    put(report, counts.values().stream().reduce(Tally.Count.NONE, Tally.Count::plus));
    ObjectNode protocols = report.putObject("protocols");
    counts.forEach((protocol, count) -> put(protocols.putObject(protocol.toString()), count));
    ObjectNode formats = report.putObject("messages");
    put(formats, messages.total());
    formats.put("leastEvents", messages.leastEvents()).put("mostEvents", messages.mostEvents());
    ObjectNode each = formats.putObject("formats");
    messages.counts().forEach((format, count) -> put(each.putObject(format.toString()), count));
    Files.write(file, MAPPER.writeValueAsBytes(report));
  }

  private static void put(ObjectNode node, Tally.Count count) {
    node.put("offered", count.offered())
        .put("acknowledged", count.acknowledged())
        .put("refused", count.refused())
        .put("unanswered", count.unanswered())
        .put("repeated", count.repeated());
  }
}
