package org.linli.edge.profile;

import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** What a profile remembered from a message, and which earlier messages it relied on. */
public interface Basis {

  /** Neither of them. */
  Basis NONE =
      new Basis() {
        @Override
        public void undo() {}

        @Override
        public boolean holds() {
          return true;
        }
      };

  /** What the message said again, to be counted when it is kept. */
  default List<Repeat> repeats() {
    return List.of();
  }

  /** What it changes of the states that outlive a restart, to be written with the message. */
  default List<StateChange> states() {
    return List.of();
  }

  /**
   * The part of the message that could not be read, while the rest was, and that may be about a
   * life or is no event at all; it becomes a dead letter when the message is kept. Null for none.
   */
  default Interpreted.@Nullable Refused unread() {
    return null;
  }

  /** Undoes what the profile remembered, so that the repeated message gives the same result. */
  void undo();

  /**
   * The part of the message that told an event, counted from 0. Each part is a repeat or not by
   * itself.
   *
   * @param event its place among the message's events
   */
  default int part(int event) {
    return 0;
  }

  /**
   * Whether an event only says which state changed with the events before it in its part. Where the
   * gateway has one of these already, it has nothing to say.
   *
   * @param event its place among the message's events
   */
  default boolean follows(int event) {
    return false;
  }

  /**
   * Undoes the changes of states that parts of the message told, because the gateway has their
   * events already: the device may have told another state since then. To be called before {@link
   * #states} are written.
   */
  default void repeated(IntPredicate parts) {}

  /**
   * Whether everything that it relied on was kept, or may still be. If not, the message may mean
   * something else and must come again. The writer asks right before writing.
   */
  boolean holds();
}
