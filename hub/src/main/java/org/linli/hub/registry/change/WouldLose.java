package org.linli.hub.registry.change;

import java.util.List;

/**
 * Knows what a difference would cost. Whoever keeps something about devices, people or gateways
 * answers for it.
 */
public interface WouldLose {

  /** Returns what would be lost; nothing is changed by asking. */
  List<Loss> losses(Difference difference);

  /** Returns what the files alone can tell. */
  static List<WouldLose> byPlans() {
    return List.of(new PlanLosses(), new DutyLosses());
  }

  /** Returns what all of them know, by item. */
  static List<Loss> all(List<WouldLose> knowing, Difference difference) {
    return knowing.stream()
        .map(one -> one.losses(difference))
        .flatMap(List::stream)
        .sorted()
        .toList();
  }
}
