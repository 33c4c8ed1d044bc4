package org.linli.sims.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The resources of a process, as Linux reports them in {@code /proc}.
 *
 * @param residentBytes of memory
 * @param files open file descriptors
 */
public record ProcessFigures(long residentBytes, int files, int threads) {

  /** Empty when the process is gone, or without {@code /proc}. */
  public static Optional<ProcessFigures> of(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
      List<String> status = Files.readAllLines(process.resolve("status"));
      return Optional.of(
          new ProcessFigures(
              number(status, "VmRSS:") * 1024,
              (int) descriptors.count(),
              (int) number(status, "Threads:")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static long number(List<String> status, String key) throws IOException {
    for (String line : status) {
      if (line.startsWith(key)) {
        return Long.parseLong(line.substring(key.length()).replace("kB", "").strip());
      }
    }
    throw new IOException("the status of the process has no " + key);
  }
}
