package org.linli.edge.profile;

import java.util.ArrayList;
import java.util.List;

/** What one message changes of the states that outlive a restart. For one thread. */
final class StateChanges {

  private final List<StateChange> changes = new ArrayList<>();
  private final List<Runnable> ifRepeated = new ArrayList<>();
  private final List<Runnable> ifRefused = new ArrayList<>();

  List<StateChange> all() {
    return changes;
  }

  void add(StateChange change) {
    changes.add(change);
  }

  /** Adds one that is withdrawn if all events of the message are repeats. */
  void addWithItsEvent(StateChange change, Runnable withdraw) {
    changes.add(change);
    ifRepeated.add(
        () -> {
          withdraw.run();
          changes.remove(change);
        });
  }

  /** Adds what is to be done if the message becomes a dead letter, after {@link #clear}. */
  void ifRefused(Runnable forget) {
    ifRefused.add(forget);
  }

  void repeated() {
    ifRepeated.forEach(Runnable::run);
  }

  void refused() {
    ifRefused.forEach(Runnable::run);
  }

  void clear() {
    changes.clear();
  }
}
