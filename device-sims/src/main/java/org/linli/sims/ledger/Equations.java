package org.linli.sims.ledger;

import java.util.ArrayList;
import java.util.List;

/** The equations between the figures of a gateway and its hub once the queues are empty. */
public final class Equations {

  private final List<Sentence> sentences = new ArrayList<>();

  private Equations() {}

  /** Each equation, for a hub with this one gateway. */
  public static List<Sentence> of(Figures now) {
    Equations equations = new Equations();
    equations.judge(now);
    return List.copyOf(equations.sentences);
  }

  private void judge(Figures now) {
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
    sentences.add(new Sentence(sentence, figures, holds));
  }
}
