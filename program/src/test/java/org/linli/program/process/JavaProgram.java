package org.linli.program.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A class of a test that runs in a process of its own, with the classes that the test has. */
public final class JavaProgram {

  private JavaProgram() {}

  /** What starts the main method of a class. */
  public static List<String> command(Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Runs the main method to its end, which must be without error, and returns what it prints. */
  public static String printedBy(Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    Process program =
        new ProcessBuilder(command(main, arguments)).redirectErrorStream(true).start();
    String printed = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(program.waitFor()).as(printed).isZero();
    return printed;
  }
}
