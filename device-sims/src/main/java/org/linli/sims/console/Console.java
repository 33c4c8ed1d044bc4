package org.linli.sims.console;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * The console: results on one stream, progress on the other. Progress is one line that is rewritten
 * on a terminal, and an occasional line in a log.
 */
public final class Console {

  private static final int LOGGED_EVERY = 10;

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean terminal;
  private int progressed;
  private int width;

  public Console(Writer out, Writer err, boolean terminal) {
    this.out = new PrintWriter(out, true);
    this.err = new PrintWriter(err, true);
    this.terminal = terminal;
  }

  /** The streams that this process was started with. */
  public static Console ofProcess() {
    java.io.Console console = System.console();
    return new Console(
        new OutputStreamWriter(System.out, StandardCharsets.UTF_8),
        new OutputStreamWriter(System.err, StandardCharsets.UTF_8),
        console != null && console.isTerminal());
  }

  public PrintWriter out() {
    return out;
  }

  public PrintWriter err() {
    return err;
  }

  /** Shows progress; meant to be called once a second. */
  public void progress(String line) {
    if (terminal) {
      rewrite(line);
    } else if (progressed % LOGGED_EVERY == 0) {
      err.println(line);
    }
    progressed++;
  }

  /** Overwrites the progress line, whether or not this looks like a terminal. */
  public void rewrite(String line) {
    err.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
    err.flush();
    width = line.length();
  }

  /** Ends the progress line, so that later output starts on a line of its own. */
  public void endProgress() {
    if (width > 0) {
      err.println();
      width = 0;
    }
  }

  public void say(String line) {
    endProgress();
    out.println(line);
  }

  /** Prints one sentence about a problem. */
  public void complain(String sentence) {
    endProgress();
    err.println(sentence);
  }
}
