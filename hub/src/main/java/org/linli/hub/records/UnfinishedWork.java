package org.linli.hub.records;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files in the data folder by which a hub knows that a command on its records was cut off. No hub
 * starts beside one of them.
 */
public final class UnfinishedWork {

  /** The records that are being restored; with PostgreSQL an empty file. */
  public static final String RESTORING = "hub.db.restoring";

  private UnfinishedWork() {}

  /**
   * @param folder the data folder
   * @throws RecordsUnavailableException if there is one
   */
  static void refuse(Path folder) {
    if (Files.exists(folder.resolve(RESTORING))) {
      throw new RecordsUnavailableException(
          "The records in %s are not whole: restoring them was cut off.".formatted(folder),
          "Run hub.jar restore again, with the same settings.");
    }
  }
}
