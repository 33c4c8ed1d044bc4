package org.linli.sims.reconcile;

import java.util.ArrayList;
import java.util.List;
import org.linli.sims.journal.Outcome;
import org.linli.sims.ledger.Sentence;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The final report.
 *
 * @param ledgers empty when no gateway was named
 */
record Judgement(Recorded recorded, Discrepancies discrepancies, List<Sentence> ledgers) {

  boolean holds() {
    for (Discrepancy discrepancy : Discrepancy.values()) {
      if (discrepancy.isBroken() && discrepancies.count(discrepancy) > 0) {
        return false;
      }
    }
    return ledgers.stream().allMatch(Sentence::holds);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(row("offered", recorded.offered(), offeredBy()));
    lines.add(row("acknowledged", recorded.count(Outcome.ACKNOWLEDGED), ""));
    lines.add(row("refused", recorded.count(Outcome.REFUSED), ""));
    lines.add(row("unknown", recorded.count(Outcome.UNKNOWN), "no answer was seen"));
    lines.add(row("stored", discrepancies.stored(), "at the hub"));
    for (Discrepancy discrepancy : Discrepancy.values()) {
      if (discrepancy.isOfFormats() && discrepancies.count(discrepancy) == 0) {
        continue;
      }
      lines.add(row(discrepancy.title(), discrepancies.count(discrepancy), discrepancy.meaning()));
      if (discrepancy != Discrepancy.BESIDE) {
        discrepancies.examples(discrepancy).forEach(example -> lines.add("    " + example));
      }
    }
    ledgers.forEach(sentence -> lines.add(sentence.line()));
    lines.add(holds() ? "Everything holds." : "A promise is broken.");
    return lines;
  }

  String json() {
    ObjectNode node =
        JsonMapper.shared()
            .createObjectNode()
            .put("runs", recorded.runs())
            .put("runsEnded", recorded.ended())
            .put("offered", recorded.offered())
            .put("acknowledged", recorded.count(Outcome.ACKNOWLEDGED))
            .put("refused", recorded.count(Outcome.REFUSED))
            .put("unknown", recorded.count(Outcome.UNKNOWN))
            .put("repeated", recorded.repeated())
            .put("stored", discrepancies.stored())
            .put("lost", discrepancies.count(Discrepancy.LOST))
            .put("doubled", discrepancies.count(Discrepancy.DOUBLED))
            .put("unexpected", discrepancies.count(Discrepancy.UNEXPECTED))
            .put("saidAgain", discrepancies.count(Discrepancy.SAID_AGAIN))
            .put("beside", discrepancies.count(Discrepancy.BESIDE))
            .put("recovered", discrepancies.count(Discrepancy.RECOVERED))
            .put("outOfOrder", discrepancies.count(Discrepancy.OUT_OF_ORDER))
            .put("byGateway", discrepancies.count(Discrepancy.BY_GATEWAY));
    ObjectNode examples = node.putObject("examples");
    for (Discrepancy discrepancy : Discrepancy.values()) {
      discrepancies.examples(discrepancy).forEach(examples.putArray(discrepancy.title())::add);
    }
    var sentences = node.putArray("ledgers");
    ledgers.forEach(
        sentence ->
            sentences
                .addObject()
                .put("sentence", sentence.text())
                .put("figures", sentence.figures())
                .put("holds", sentence.holds()));
    return node.put("holds", holds()).toString();
  }

  private String offeredBy() {
    return "by %d devices in %d runs%s, %d sent again"
        .formatted(
            recorded.devices().size(),
            recorded.runs(),
            recorded.ended() == recorded.runs()
                ? ""
                : ", " + (recorded.runs() - recorded.ended()) + " of them cut off",
            recorded.repeated());
  }

  private static String row(String title, long count, String meaning) {
    return "%-15s %9d  %s".formatted(title, count, meaning).stripTrailing();
  }
}
