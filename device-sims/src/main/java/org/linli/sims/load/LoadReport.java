package org.linli.sims.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The figures of a load, for people and for programs. */
record LoadReport(LoadOptions options, Offering loop, AlertWatch alerts, StoredSample sample) {

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(options.inWords(loop.offered()));
    if (loop.isHeldBack()) {
      lines.add(
          "ended after %d s, because the connections accepted no more events: the gateway keeps"
                  .formatted(options.length().plus(options.patience()).toSeconds())
              + " nothing for now, or too slowly; its page and /actuator/health say why");
    }
    lines.addAll(figuresInWords());
    return lines;
  }

  private List<String> figuresInWords() {
    return List.of(
        "acknowledged %d (%.0f/s), refused %d, unanswered %d, not confirmed %d, sent again %d"
            .formatted(
                loop.toAcknowledged().count(),
                loop.acknowledgedPerSecond(),
                loop.refused(),
                loop.unanswered(),
                loop.unconfirmed(),
                loop.repeated()),
        loop.toAcknowledged().summary(),
        sample.toStored().summary(),
        alerts.toAlert().summary()
            + (alerts.outstanding() == 0 ? "" : "; " + alerts.outstanding() + " did not come"));
  }

  void write(Path file) throws IOException {
    Files.write(file, JsonMapper.shared().writeValueAsBytes(figures()));
  }

  private ObjectNode figures() {
    ObjectNode figures =
        JsonMapper.shared()
            .createObjectNode()
            .put("offered", loop.offered())
            .put("acknowledged", loop.toAcknowledged().count())
            .put("acknowledgedPerSecond", loop.acknowledgedPerSecond())
            .put("refused", loop.refused())
            .put("unanswered", loop.unanswered())
            .put("unconfirmed", loop.unconfirmed())
            .put("repeated", loop.repeated())
            .put("heldBack", loop.isHeldBack());
    loop.toAcknowledged().put(figures);
    sample.toStored().put(figures);
    alerts.toAlert().put(figures);
    return figures.put("alertsMissing", alerts.outstanding());
  }
}
