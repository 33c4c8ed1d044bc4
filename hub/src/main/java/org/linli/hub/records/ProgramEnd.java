package org.linli.hub.records;

/** Ends the program at once, as a power cut would, with exit code {@value #EXIT_CODE}. */
@FunctionalInterface
interface ProgramEnd {

  /** By it {@code launch} and systemd know that the hub is to be started again. */
  int EXIT_CODE = 5;

  /**
   * @param why as a sentence, for the log
   */
  void now(String why);
}
