package org.linli.sims.check;

import java.util.ArrayList;
import java.util.List;
import org.linli.sims.ledger.Before;
import org.linli.sims.ledger.Equations;
import org.linli.sims.ledger.Figures;
import org.linli.sims.ledger.Sentence;

/** The conditions that must hold, each with the figures that show whether it does. */
final class Verdict {

  private final List<Sentence> lines = new ArrayList<>();

  static Verdict of(Count simulators, Figures now, Before before, List<String> assignments) {
    Verdict verdict = new Verdict();
    verdict.judgeSimulators(simulators, now, before);
    verdict.lines.addAll(Equations.of(now));
    verdict.add(
        "a grid worker is responsible for an alert",
        assignments.isEmpty() ? "none" : String.join(", ", assignments),
        !assignments.isEmpty());
    return verdict;
  }

  List<Sentence> lines() {
    return List.copyOf(lines);
  }

  boolean holds() {
    return lines.stream().allMatch(Sentence::holds);
  }

  private void judgeSimulators(Count simulators, Figures now, Before before) {
    add(
        "simulators: something was offered, and all of it acknowledged",
        "%d offered, %d acknowledged, %d refused, %d unanswered"
            .formatted(
                simulators.offered(),
                simulators.acknowledged(),
                simulators.refused(),
                simulators.unanswered()),
        simulators.offered() > 0 && simulators.acknowledged() == simulators.offered());
    Count.Messages messages = simulators.messages();
    if (messages.offered() > 0) {
      add(
          "simulators: every message in a make's format was acknowledged",
          "%d offered, %d acknowledged".formatted(messages.offered(), messages.acknowledged()),
          messages.offered() == messages.acknowledged());
    }
    long taken = now.gateway("taken") - before.taken();
    add(
        "gateway took what the simulators saw acknowledged",
        messages.offered() == 0
            ? "%d taken, %d acknowledged".formatted(taken, simulators.acknowledged())
            : "%d taken, %d acknowledged and %d to %d made of messages"
                .formatted(
                    taken,
                    simulators.acknowledged(),
                    messages.leastEvents(),
                    messages.mostEvents()),
        taken >= simulators.acknowledged() + messages.leastEvents()
            && taken
                <= simulators.acknowledged() + simulators.unanswered() + messages.mostEvents());
  }

  private void add(String sentence, String figures, boolean holds) {
    lines.add(new Sentence(sentence, figures, holds));
  }
}
