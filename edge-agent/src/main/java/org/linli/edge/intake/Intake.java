package org.linli.edge.intake;

/** Where every door hands in what it received. */
public interface Intake {

  /**
   * Takes a message on its way and returns without waiting for the disk. Its {@code Reply} is
   * called exactly once, from this thread or another, whatever goes wrong on the way.
   */
  void accept(Message message);
}
