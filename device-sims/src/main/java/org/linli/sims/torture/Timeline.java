package org.linli.sims.torture;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.console.Console;

/** The log of what was done when, on the console and in a file. Thread-safe. */
final class Timeline implements AutoCloseable {

  private final Console console;
  private final BufferedWriter file;
  private final long began = System.nanoTime();

  private Timeline(Console console, BufferedWriter file) {
    this.console = console;
    this.file = file;
  }

  /**
   * Starts a timeline.
   *
   * @throws CannotRunException when its file cannot be written
   */
  static Timeline in(Path file, Console console, InstantSource clock) throws CannotRunException {
    try {
      BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
      Timeline timeline = new Timeline(console, writer);
      writer.write("began " + clock.instant());
      writer.newLine();
      return timeline;
    } catch (IOException e) {
      throw CannotRunException.unusable(
          "The timeline %s cannot be written: %s.".formatted(file, e.getMessage()));
    }
  }

  synchronized void say(String what) {
    String line = String.format(Locale.ROOT, "%9.3f  %s", seconds(), what);
    console.say(line);
    try {
      file.write(line);
      file.newLine();
      file.flush();
    } catch (IOException e) {
      console.complain("The timeline is not written any more: " + e.getMessage());
    }
  }

  /** Seconds since it began. */
  double seconds() {
    return (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      console.complain("The timeline is incomplete: " + e.getMessage());
    }
  }
}
