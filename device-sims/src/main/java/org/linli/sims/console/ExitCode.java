package org.linli.sims.console;

/** The program's exit codes; {@code --help} lists them. */
public final class ExitCode {

  public static final int HOLDS = 0;
  public static final int DOES_NOT_HOLD = 1;
  public static final int UNUSABLE = 2;
  public static final int UNREACHABLE = 3;

  private ExitCode() {}
}
