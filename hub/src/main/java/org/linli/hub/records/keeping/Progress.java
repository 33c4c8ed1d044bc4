package org.linli.hub.records.keeping;

/** Is told how far a command has come. */
@FunctionalInterface
public interface Progress {

  /**
   * @param what the table or part that is worked on
   * @param all 0 if nobody knows
   */
  void at(String what, long done, long all);
}
