package org.linli.edge.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** What one message changes of the states that outlive a restart. For one thread. */
final class StateChanges {

  private final List<StateChange> changes = new ArrayList<>();
  private final List<OfPart> ifRepeated = new ArrayList<>();
  private final List<Runnable> ifRefused = new ArrayList<>();
  private int part;

  private record OfPart(int part, Runnable withdraw) {}

  List<StateChange> all() {
    return changes;
  }

  void add(StateChange change) {
    changes.add(change);
  }

  /** Adds one that is withdrawn if the events of the present part are repeats. */
  void addWithItsEvent(StateChange change, Runnable withdraw) {
    changes.add(change);
    ifRepeated(
        () -> {
          withdraw.run();
          changes.remove(change);
        });
  }

  /** Adds what is to be done if the events of the present part are repeats. */
  void ifRepeated(Runnable withdraw) {
    ifRepeated.add(new OfPart(part, withdraw));
  }

  /** What follows is another part of the message. */
  void nextPart() {
    part++;
  }

  /** Does something for another part, which is not begun yet. */
  void ofPart(int other, Runnable step) {
    int present = part;
    part = other;
    step.run();
    part = present;
  }

  /** Adds what is to be done if the message becomes a dead letter, after {@link #clear}. */
  void ifRefused(Runnable forget) {
    ifRefused.add(forget);
  }

  void repeated(IntPredicate isRepeated) {
    for (OfPart each : ifRepeated) {
      if (isRepeated.test(each.part())) {
        each.withdraw().run();
      }
    }
  }

  void refused() {
    ifRefused.forEach(Runnable::run);
  }

  void clear() {
    changes.clear();
  }
}
