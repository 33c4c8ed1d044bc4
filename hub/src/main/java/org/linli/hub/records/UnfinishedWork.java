package org.linli.hub.records;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.linli.program.folder.OwnerOnly;

/**
 * Files in the data folder by which a hub knows that a command on its records was cut off, or that
 * they are elsewhere now. No hub starts beside one that concerns it.
 */
public final class UnfinishedWork {

  /** The records that are being restored; with PostgreSQL an empty file. */
  public static final String RESTORING = "hub.db.restoring";

  /** Where records are being moved to. */
  private static final String MOVING = "hub.db.moving";

  /** The records of before. */
  private static final String MOVED = "hub.db.moved";

  /** Where records were moved to. */
  private static final String MOVED_TO = "hub.db.moved-to";

  private final Path folder;

  /**
   * @param folder the data folder
   */
  public UnfinishedWork(Path folder) {
    this.folder = folder;
  }

  /**
   * @param isPostgresql whether a hub would look for its records there, and not in this folder
   * @throws RecordsUnavailableException if a hub must not start
   */
  void refuse(boolean isPostgresql) {
    if (Files.exists(folder.resolve(RESTORING))) {
      throw new RecordsUnavailableException(
          "The records in %s are not whole: restoring them was cut off.".formatted(folder),
          "Run hub.jar restore again, with the same settings.");
    }
    if (isPostgresql) {
      return;
    }
    if (isMoved()) {
      throw new RecordsUnavailableException(
          "The records of %s were moved to the PostgreSQL database %s."
              .formatted(folder, movedTo()),
          "Set LINLI_DATABASE_URL to it. To go back, rename hub.db.moved to hub.db: what came"
              + " since the move is lost then.");
    }
    if (Files.exists(folder.resolve(MOVING))) {
      throw new RecordsUnavailableException(
          "Moving the records of %s to the PostgreSQL database %s was cut off."
              .formatted(folder, text(MOVING)),
          "Run hub.jar move again. To stay with SQLite instead, delete the file hub.db.moving and"
              + " never let a hub use that database.");
    }
  }

  /** Returns whether the records were moved away, and were not put back. */
  public boolean isMoved() {
    return Files.exists(folder.resolve(MOVED_TO)) && !Files.exists(folder.resolve(SqliteFile.NAME));
  }

  /** Returns where they were moved to. */
  public String movedTo() {
    return text(MOVED_TO);
  }

  /** Returns whether a move to there was begun and not noted as done. */
  public boolean isMovingTo(String target) {
    return Files.exists(folder.resolve(MOVING)) && text(MOVING).equals(target);
  }

  /** Returns whether a move to another database was begun, which may have all rows now. */
  public boolean isMovingElsewhere(String target) {
    return Files.exists(folder.resolve(MOVING)) && !text(MOVING).equals(target);
  }

  /** Returns where a move was begun to. */
  public String movingTo() {
    return text(MOVING);
  }

  /** Keeps hubs from starting here. */
  public void beginMove(String target) throws IOException {
    OwnerOnly.replace(folder.resolve(MOVING), bytes(target));
  }

  /** Puts the records out of a hub's reach. After a cut at any point it can be done again. */
  public void finishMove() throws IOException {
    Path moving = folder.resolve(MOVING);
    if (Files.exists(moving)) {
      OwnerOnly.replace(folder.resolve(MOVED_TO), bytes(text(MOVING)));
      Path file = folder.resolve(SqliteFile.NAME);
      if (Files.exists(file)) {
        Files.move(file, folder.resolve(MOVED), StandardCopyOption.ATOMIC_MOVE);
      }
      OwnerOnly.sync(folder);
      Files.delete(moving);
      OwnerOnly.sync(folder);
    }
  }

  private String text(String name) {
    try {
      return Files.readString(folder.resolve(name)).strip();
    } catch (IOException e) {
      throw new RecordsUnavailableException(
          "The file %s cannot be read (%s).".formatted(folder.resolve(name), e.getMessage()),
          "Run this as the hub's user or as root.",
          e);
    }
  }

  private static byte[] bytes(String text) {
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
