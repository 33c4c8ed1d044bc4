package org.linli.sims.check;

import java.util.ArrayList;
import java.util.List;

/** Each sentence that must hold, with the figures that show whether it does. */
final class Verdict {

  /** One sentence and its figures. */
  record Line(String sentence, String figures, boolean holds) {}

  private final List<Line> lines = new ArrayList<>();

  static Verdict of(Count simulators, Figures now, Before before, List<String> assignments) {
    Verdict verdict = new Verdict();
    verdict.judgeSimulators(simulators, now, before);
    verdict.judgeLedgers(now);
    verdict.add(
        "an alert was given to a grid worker",
        assignments.isEmpty() ? "none" : String.join(", ", assignments),
        !assignments.isEmpty());
    return verdict;
  }

  List<Line> lines() {
    return List.copyOf(lines);
  }

  boolean holds() {
    return lines.stream().allMatch(Line::holds);
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
    long taken = now.gateway("taken") - before.taken();
    add(
        "gateway took what the simulators saw acknowledged",
        "%d taken, %d acknowledged".formatted(taken, simulators.acknowledged()),
        taken >= simulators.acknowledged()
            && taken <= simulators.acknowledged() + simulators.unanswered());
  }

  private void judgeLedgers(Figures now) {
    addSum(
        "gateway: offered = taken + refused + repeated",
        now.gateway("offered"),
        now.gateway("taken"),
        now.gateway("refused"),
        now.gateway("repeated"));
    addSum(
        "gateway: taken = receipted + queued + shed",
        now.gateway("taken"),
        now.gateway("receipted"),
        now.gateway("queued"),
        now.gateway("shed"));
    add(
        "gateway: nothing is left in a queue, nothing was shed",
        "%d queued, %d shed".formatted(now.gateway("queued"), now.gateway("shed")),
        now.gateway("queued") == 0 && now.gateway("shed") == 0);
    addSum(
        "hub: received = applied + duplicate + dead",
        now.hub("received"),
        now.hub("applied"),
        now.hub("duplicate"),
        now.hub("dead"));
    add(
        "hub applied what the gateway took",
        "%d applied, %d taken".formatted(now.hub("applied"), now.gateway("taken")),
        now.hub("applied") == now.gateway("taken"));
  }

  private void addSum(String sentence, long sum, long first, long second, long third) {
    add(
        sentence,
        "%d = %d + %d + %d".formatted(sum, first, second, third),
        sum == first + second + third);
  }

  private void add(String sentence, String figures, boolean holds) {
    lines.add(new Line(sentence, figures, holds));
  }
}
