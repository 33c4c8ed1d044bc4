package org.linli.program.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A process of its own that comes to a stand at one point, says so, and is killed there, as by
 * {@code kill -9}.
 */
public final class Killable {

  private static final String SAID = "said: ";
  private static final String HERE = SAID + "here I stand";
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private final Process process;

  private Killable(Process process) {
    this.process = process;
  }

  public static Killable start(Class<?> main, String... arguments) throws IOException {
    return new Killable(
        new ProcessBuilder(JavaProgram.command(main, arguments))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** Within the process: ends it with the first thing that goes wrong, whatever thread it is on. */
  public static void endAtTheFirstFailure() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          failure.printStackTrace(System.err);
          Runtime.getRuntime().halt(2);
        });
  }

  /** Within the process: tells its parent something. */
  public static void say(String what) {
    OUT.println(SAID + what);
  }

  /** Within the process: goes no further. Ends by itself when its parent is gone. */
  public static void standHere() {
    OUT.println(HERE);
    try {
      while (System.in.read() >= 0) {
        // The parent says nothing.
      }
    } catch (IOException e) {
      // As where it ends.
    }
    Runtime.getRuntime().halt(1);
  }

  /** Kills it once it stands, and tells what it had said before. */
  public List<String> killWhereItStands() throws IOException, InterruptedException {
    List<String> said = new ArrayList<>();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      while (line != null && !line.equals(HERE)) {
        if (line.startsWith(SAID)) {
          said.add(line.substring(SAID.length()));
        }
        line = lines.readLine();
      }
      assertThat(line).as("it ended before it stood, after it said %s", said).isEqualTo(HERE);
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor()).as("killed, not ended").isEqualTo(137);
    return said;
  }
}
