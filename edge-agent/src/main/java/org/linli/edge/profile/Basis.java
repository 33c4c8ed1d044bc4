package org.linli.edge.profile;

/** What a profile remembered with a message, and what of other messages it relied on. */
public interface Basis {

  /** Nothing of either. */
  Basis NONE =
      new Basis() {
        @Override
        public void undo() {}

        @Override
        public boolean holds() {
          return true;
        }
      };

  /** Has the profile forget what it remembered, so that the message says the same again. */
  void undo();

  /**
   * Whether everything that it relied on was kept, or may still be. Where not, the message may mean
   * something else and must come again. Asked by whoever writes messages, right before.
   */
  boolean holds();
}
