package org.linli.hub.records;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Refuses to start if records are missing where a hub has run before. New records would not know
 * the open alerts, the accounts, and what gateways were told is kept.
 */
final class MissingRecords {

  /** The files that a hub creates after its records. */
  private static final List<String> LATER = List.of("questdb", "sessions.db");

  private MissingRecords() {}

  /**
   * @param file the file of the records
   * @throws RecordsUnavailableException if it is missing or empty, and other files of a hub exist
   */
  static void refuse(Path file) {
    try {
      if (hasContent(file) || hasContent(file.resolveSibling(file.getFileName() + "-wal"))) {
        return;
      }
      for (String name : LATER) {
        Path other = file.resolveSibling(name);
        if (hasContent(other)) {
          throw new RecordsUnavailableException(
              "The records file %s is %s, but %s of the same hub is there: its alerts, accounts and counts would be lost without a word."
                  .formatted(file, Files.exists(file) ? "empty" : "missing", other),
              "Put hub.db back from a copy, or set LINLI_DATA to another folder. Where there is no"
                  + " copy, start once with --linli.records.begin-anew=confirm: the hub then begins"
                  + " without them.");
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw new RecordsUnavailableException(
          "The data folder %s cannot be read (%s).".formatted(file.getParent(), e.getMessage()),
          "Check the disk, and that this user may read the folder.",
          e);
    }
  }

  private static boolean hasContent(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      try (Stream<Path> all = Files.walk(path)) {
        return all.anyMatch(Files::isRegularFile);
      }
    }
    return Files.exists(path) && Files.size(path) > 0;
  }
}
