package org.linli.hub.records;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import org.linli.program.folder.OpenedFile;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.TransactionSystemException;

/**
 * Checks that a SQLite file still has its name. A file that was deleted or replaced accepts every
 * commit until the program ends, and then all of it is lost. Without this check the hub would
 * confirm data that is not kept.
 */
final class SameFile implements CommitCheck {

  private static final RateLimitedLog limited =
      RateLimitedLog.of(LoggerFactory.getLogger(SameFile.class));

  private final OpenedFile file;
  private final Path log;

  /**
   * @param path path of the file, which exists
   * @throws RecordsUnavailableException when it cannot be examined
   */
  SameFile(Path path) {
    try {
      this.file = new OpenedFile(path);
    } catch (IOException e) {
      throw new RecordsUnavailableException(
          "The records file " + path + " cannot be looked at (" + e.getMessage() + ").",
          "Check that nobody removes files in the data folder.",
          e);
    }
    this.log = path.resolveSibling(path.getFileName() + "-wal");
  }

  @Override
  public void before(Connection connection, boolean readOnly) {
    require(file.isStillThere(), file.path());
  }

  /** The file may have gone since, and the log exists while it is open. */
  @Override
  public void after(boolean readOnly) {
    require(file.isStillThere(), file.path());
    require(readOnly || Files.exists(log), log);
  }

  private static void require(boolean isThere, Path path) {
    if (!isThere) {
      String sentence =
          "The records file %s was deleted or replaced while the hub runs. Nothing is taken any more; gateways keep their events. Stop the hub, put the files back from a copy, and start it."
              .formatted(path);
      limited.atError("gone").log(sentence);
      throw new TransactionSystemException(sentence);
    }
  }
}
