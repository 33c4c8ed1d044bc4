package org.linli.sims.console;

/** A command cannot go on; the message is a sentence that says why and what to do. */
public final class CannotRunException extends Exception {

  private final int exitCode;
  private final String sentence;

  private CannotRunException(int exitCode, String sentence) {
    super(sentence);
    this.exitCode = exitCode;
    this.sentence = sentence;
  }

  /** The command line or a file it names cannot be used. */
  public static CannotRunException unusable(String sentence) {
    return new CannotRunException(ExitCode.UNUSABLE, sentence);
  }

  /** Gateway or hub does not answer. */
  public static CannotRunException unreachable(String sentence) {
    return new CannotRunException(ExitCode.UNREACHABLE, sentence);
  }

  /** What to tell the person who asked. */
  public String sentence() {
    return sentence;
  }

  public int exitCode() {
    return exitCode;
  }
}
