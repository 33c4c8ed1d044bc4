package org.linli.hub.command;

import java.io.Console;
import java.io.PrintWriter;

/** One line of a terminal that says how far a command has come. Nothing where there is none. */
final class ProgressLine implements AutoCloseable {

  private static final String TO_ITS_BEGINNING = "\r";
  private static final String ERASE = "\u001b[K";

  private final PrintWriter terminal;
  private final boolean isShown;

  ProgressLine(PrintWriter terminal) {
    Console console = System.console();
    this.terminal = terminal;
    this.isShown = console != null && console.isTerminal();
  }

  void show(String text) {
    if (isShown) {
      terminal.print(TO_ITS_BEGINNING + text + ERASE);
      terminal.flush();
    }
  }

  @Override
  public void close() {
    show("");
  }
}
