package org.linli.edge.outbox.sqlite;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.linli.edge.profile.StateChange;
import org.linli.edge.profile.StatesOnDisk;

/** The states that were on the disk when the outbox was opened; held until they are taken. */
final class StatesAtStart implements StatesOnDisk {

  private final AtomicReference<List<StateChange.Known>> states;
  private final int most;

  StatesAtStart(List<StateChange.Known> states, int most) {
    this.states = new AtomicReference<>(states);
    this.most = most;
  }

  @Override
  public List<StateChange.Known> take() {
    return states.getAndSet(List.of());
  }

  @Override
  public int most() {
    return most;
  }
}
