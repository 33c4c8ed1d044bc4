package org.linli.hub.command;

/**
 * How a command ends. A hub that runs out of memory ends with 3, and {@code launch} starts it
 * again; so no command ends with 3.
 */
final class ExitCode {

  static final int DONE = 0;

  /** A file or something else that was given cannot be used. */
  static final int REFUSED = 1;

  /** The arguments cannot be understood; picocli's own code for it. */
  static final int MISUSED = 2;

  /** It can be done, but something would be lost. */
  static final int WOULD_LOSE = 4;

  private ExitCode() {}
}
