package org.linli.sims.console;

import org.jspecify.annotations.Nullable;

/** A command cannot continue; the message is a sentence that says why and what to do. */
public final class CannotRunException extends Exception {

  private final int exitCode;
  private final String fact;
  private final @Nullable String advice;

  private CannotRunException(int exitCode, String fact, @Nullable String advice) {
    super(advice == null ? fact : fact + ": " + advice);
    this.exitCode = exitCode;
    this.fact = fact;
    this.advice = advice;
  }

  /** The command line, or a file that it names, cannot be used. */
  public static CannotRunException unusable(String sentence) {
    return new CannotRunException(ExitCode.UNUSABLE, sentence, null);
  }

  /** Gateway or hub does not answer. */
  public static CannotRunException unreachable(String sentence) {
    return new CannotRunException(ExitCode.UNREACHABLE, sentence, null);
  }

  /**
   * Gateway or hub does not answer.
   *
   * @param fact what does not answer, without a full stop
   * @param advice what to do about it, the rest of the sentence
   */
  public static CannotRunException unreachable(String fact, String advice) {
    return new CannotRunException(ExitCode.UNREACHABLE, fact, advice);
  }

  /** The message for the person who started the command. */
  public String sentence() {
    return advice == null ? fact : fact + ": " + advice;
  }

  /** The message while the command still retries and nobody has to act. */
  public String whileAskingAgain() {
    return advice == null ? fact : fact + "; asking again.";
  }

  public int exitCode() {
    return exitCode;
  }
}
