package org.linli.edge.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** What a profile remembered of one message while it read it, and what that relies on. */
final class ReadingBasis implements Basis {

  private final NotedEvents noted;
  private final KnownStates states;
  private final List<Runnable> undos = new ArrayList<>();
  private final StateChanges changes = new StateChanges();
  private final List<Repeat> repeats = new ArrayList<>();
  private final List<BooleanSupplier> reliedOn = new ArrayList<>();
  private Interpreted.@Nullable Refused unread;

  ReadingBasis(NotedEvents noted, KnownStates states) {
    this.noted = noted;
    this.states = states;
  }

  /** What the message changes of the states that outlive a restart. */
  StateChanges changes() {
    return changes;
  }

  /** Adds something that the device said again. */
  void add(Repeat repeat) {
    repeats.add(repeat);
  }

  /** Adds what to undo if the message could not be kept. */
  void add(Runnable undo) {
    undos.add(undo);
  }

  /**
   * Adds another message that this one relies on.
   *
   * @param holds false once it failed; called from another thread
   */
  void add(BooleanSupplier holds) {
    reliedOn.add(holds);
  }

  /** Sets the part of the message that could not be read and may be about a life. */
  void unread(Interpreted.@Nullable Refused part) {
    unread = part;
  }

  @Override
  public Interpreted.@Nullable Refused unread() {
    return unread;
  }

  @Override
  public List<Repeat> repeats() {
    return repeats;
  }

  @Override
  public List<StateChange> states() {
    return changes.all().isEmpty() ? List.of() : states.withoutForgotten(changes.all());
  }

  @Override
  public void undo() {
    undos.forEach(Runnable::run);
    undos.clear();
    changes.clear();
  }

  /** Undoes what was recorded, because the message becomes a dead letter. */
  void refused() {
    outdated();
    repeats.clear();
    reliedOn.clear();
  }

  /**
   * Undoes what was recorded, because what the message says is not told. It may be so all the same:
   * the states that it changed are not known any more, so that the next is told.
   */
  void outdated() {
    undo();
    changes.refused();
  }

  @Override
  public int part(int event) {
    return noted.part(event);
  }

  @Override
  public boolean follows(int event) {
    return noted.follows(event);
  }

  @Override
  public void repeated(IntPredicate parts) {
    changes.repeated(parts);
  }

  @Override
  public boolean holds() {
    for (BooleanSupplier each : reliedOn) {
      if (!each.getAsBoolean()) {
        return false;
      }
    }
    return true;
  }
}
