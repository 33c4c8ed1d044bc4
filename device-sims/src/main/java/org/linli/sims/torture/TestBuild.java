package org.linli.sims.torture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.sims.console.CannotRunException;

/**
 * What the test build can do to a running program: kill it at named points, shift its clock,
 * sabotage it. It is a Java agent ({@code -javaagent}) that the programs themselves do not contain;
 * without it none of these faults are available.
 */
final class TestBuild {

  private final @Nullable Path jar;
  private final Path folder;
  private final List<String> always;

  /**
   * @param jar the Java agent; optional
   * @param folder for the files that shift clocks
   * @param always faults for every start of every program: sabotages, for example
   */
  TestBuild(Path jar, Path folder, List<String> always) {
    this.jar = Files.exists(jar) ? jar.toAbsolutePath() : null;
    this.folder = folder;
    this.always = List.copyOf(always);
  }

  boolean there() {
    return jar != null;
  }

  /** The fault that kills a program the n-th time it reaches a point. */
  static String dieAt(String point, int times) {
    return "kill:%s:%d".formatted(point, times);
  }

  /**
   * Options for Java, for one start.
   *
   * @param more faults besides those of every start, separated by commas; empty for none
   */
  String options(String program, String more) {
    if (jar == null) {
      return "";
    }
    List<String> faults = new ArrayList<>();
    faults.add("clock:" + clock(program));
    faults.addAll(always);
    if (!more.isEmpty()) {
      faults.add(more);
    }
    return "-javaagent:%s=%s".formatted(jar, String.join(",", faults));
  }

  /**
   * Shifts the clock of a program at once and for its next starts.
   *
   * @throws CannotRunException when its file cannot be written
   */
  void shiftClock(String program, Duration by) throws CannotRunException {
    Path file = clock(program);
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      // Renamed, so that nobody reads half a number.
      Files.writeString(next, Long.toString(by.toMillis()), StandardCharsets.US_ASCII);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw CannotRunException.unusable(
          "%s cannot be written: %s.".formatted(file, e.getMessage()));
    }
  }

  private Path clock(String program) {
    return folder.resolve(program + ".clock");
  }
}
