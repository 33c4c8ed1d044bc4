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
record Judgement(Recorded recorded, Findings findings, List<Sentence> ledgers) {

  boolean holds() {
    for (Finding finding : Finding.values()) {
      if (finding.isBroken() && findings.count(finding) > 0) {
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
    lines.add(row("stored", findings.stored(), "at the hub"));
    for (Finding finding : Finding.values()) {
      if (finding.isOfFormats() && findings.count(finding) == 0) {
        continue;
      }
      lines.add(row(finding.title(), findings.count(finding), finding.meaning()));
      if (finding != Finding.BESIDE) {
        findings.examples(finding).forEach(example -> lines.add("    " + example));
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
            .put("stored", findings.stored())
            .put("lost", findings.count(Finding.LOST))
            .put("doubled", findings.count(Finding.DOUBLED))
            .put("unexpected", findings.count(Finding.UNEXPECTED))
            .put("saidAgain", findings.count(Finding.SAID_AGAIN))
            .put("beside", findings.count(Finding.BESIDE))
            .put("recovered", findings.count(Finding.RECOVERED))
            .put("outOfOrder", findings.count(Finding.OUT_OF_ORDER))
            .put("byGateway", findings.count(Finding.BY_GATEWAY));
    ObjectNode examples = node.putObject("examples");
    for (Finding finding : Finding.values()) {
      findings.examples(finding).forEach(examples.putArray(finding.title())::add);
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
