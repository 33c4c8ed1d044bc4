package org.linli.edge.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs every fuzz test of this module with the inputs that are kept, in one JVM. With {@code
 * linli.test.fuzz} each has a JVM of its own and also looks for new inputs, for as long as the test
 * says, because Jazzer fuzzes one test of a JVM only and skips the others. The build runs this
 * after everything else.
 */
class EachFuzzed {

  private static final Path CLASSES = Path.of("target/test-classes");
  private static final int LONGEST_SECONDS = 120;
  private static final boolean NEW_INPUTS = Boolean.getBoolean("linli.test.fuzz");

  @TempDir Path folder;

  /** The fuzz tests of each JVM. */
  static List<List<String>> fuzzTests() throws IOException {
    try (Stream<Path> files = Files.walk(CLASSES)) {
      List<String> all =
          files
              .filter(file -> file.toString().endsWith("FuzzTest.class"))
              .map(file -> CLASSES.relativize(file).toString())
              .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
              .sorted()
              .toList();
      return NEW_INPUTS ? all.stream().map(List::of).toList() : List.of(all);
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("fuzzTests")
  void findsNothing(List<String> fuzzTests) throws IOException, InterruptedException {
    Path said = folder.resolve("said.txt");
    ProcessBuilder child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                FuzzedHere.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    child.command().addAll(fuzzTests);
    if (NEW_INPUTS) {
      child.environment().put("JAZZER_FUZZ", "1");
    }
    Process running = child.start();
    try {
      assertThat(running.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).as("%s", fuzzTests).isTrue();
    } finally {
      running.destroyForcibly();
    }
    String all = Files.readString(said, StandardCharsets.ISO_8859_1);
    assertThat(running.exitValue()).as("%s said:%n%s", fuzzTests, all).isZero();
    if (NEW_INPUTS) {
      System.out.println(
          fuzzTests + ": " + all.lines().filter(line -> line.startsWith("Done ")).toList());
      assertThat(all).as("%s looked for new inputs", fuzzTests).contains("Done ");
    }
  }
}
