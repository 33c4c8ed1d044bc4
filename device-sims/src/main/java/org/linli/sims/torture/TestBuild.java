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
 * What the test build can do to a running program: let it die at named points, shift its clock,
 * sabotage it. It is an agent for Java ({@code -javaagent}) that the programs themselves do not
 * contain; where it was not built, nothing of this is to be had.
 */
final class TestBuild {

  private final @Nullable Path jar;
  private final Path folder;
  private final List<String> always;

  /**
   * @param jar the agent for Java; looked for, and done without
   * @param folder for the files by which clocks are shifted
   * @param always what every program is started with: sabotages, for example
   */
  TestBuild(Path jar, Path folder, List<String> always) {
    this.jar = Files.exists(jar) ? jar.toAbsolutePath() : null;
    this.folder = folder;
    this.always = List.copyOf(always);
  }

  boolean there() {
    return jar != null;
  }

  /** What lets a program die the n-th time that it comes by a point. */
  static String dieAt(String point, int times) {
    return "kill:%s:%d".formatted(point, times);
  }

  /**
   * Options for Java, for one start.
   *
   * @param more faults beside those of every start, apart by commas; empty for none
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
   * Shifts the one clock of a program, while it runs and from its next start on.
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
