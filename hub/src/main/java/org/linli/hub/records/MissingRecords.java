package org.linli.hub.records;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Refuses to start if records are missing where a hub has run before. New records would not know
 * the open alerts, the accounts, and what gateways were told is kept.
 */
final class MissingRecords {

  /** The files that a hub creates after its records. */
  private static final List<String> LATER = List.of("questdb", "sessions.db", "hub.db.moved");

  private static final String LOST =
      "its alerts, accounts and counts would be lost without a word.";

  private MissingRecords() {}

  /**
   * @param file the file of the records
   * @throws RecordsUnavailableException if it is missing or empty, and other files of a hub exist
   */
  static void refuse(Path file) {
    if (areIn(file)) {
      return;
    }
    Path other = later(file);
    if (other != null) {
      throw new RecordsUnavailableException(
          "The records file %s is %s, but %s of the same hub is there: %s"
              .formatted(file, Files.exists(file) ? "empty" : "missing", other, LOST),
          "Put hub.db back from a copy, or set LINLI_DATA to another folder. Where there is no"
              + " copy, start once with --linli.records.begin-anew=confirm: the hub then begins"
              + " without them.");
    }
  }

  /**
   * @param file where the records would be without PostgreSQL
   * @param address the database that has no records
   * @throws RecordsUnavailableException if the file has records, or other files of a hub exist
   */
  static void refuseBeside(Path file, DatabaseAddress address) {
    Path other = areIn(file) ? file : later(file);
    if (other != null) {
      throw new RecordsUnavailableException(
          "The database %s is empty, but %s of a hub is there: %s".formatted(address, other, LOST),
          "Restore the database from a copy, or set LINLI_DATA to another folder. To begin without"
              + " what was there, start once with --linli.records.begin-anew=confirm.");
    }
  }

  /** Returns whether the folder of this file has records, or what a hub keeps beside them. */
  static boolean isHubs(Path file) {
    return areIn(file) || later(file) != null;
  }

  private static boolean areIn(Path file) {
    return hasContent(file) || hasContent(file.resolveSibling(file.getFileName() + "-wal"));
  }

  /** Returns something that a hub created after its records; null if there is nothing. */
  private static @Nullable Path later(Path file) {
    return LATER.stream()
        .map(file::resolveSibling)
        .filter(MissingRecords::hasContent)
        .findFirst()
        .orElse(null);
  }

  private static boolean hasContent(Path path) {
    try {
      if (Files.isDirectory(path)) {
        try (Stream<Path> all = Files.walk(path)) {
          return all.anyMatch(Files::isRegularFile);
        }
      }
      return Files.exists(path) && Files.size(path) > 0;
    } catch (IOException | UncheckedIOException e) {
      throw new RecordsUnavailableException(
          "The data folder %s cannot be read (%s).".formatted(path.getParent(), e.getMessage()),
          "Check the disk, and that this user may read the folder.",
          e);
    }
  }
}
