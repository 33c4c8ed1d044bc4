package org.linli.edge.outbox.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.ProgressHandler;

/**
 * Logs every {@value #SECONDS} seconds that the outbox is still being opened, and the current step.
 */
final class OpeningProgress {

  private static final Logger log = LoggerFactory.getLogger(OpeningProgress.class);

  private static final long SECONDS = 5;

  /**
   * Virtual machine instructions of SQLite between two checks of the time; some ten milliseconds.
   */
  private static final int STEPS = 100_000;

  private final String what;
  private final long began = System.nanoTime();
  private long said = began;

  /**
   * @param what the current step, for a person
   */
  OpeningProgress(String what) {
    this.what = what;
  }

  /** Reports progress. */
  void goesOn() {
    long now = System.nanoTime();
    if (now - said >= TimeUnit.SECONDS.toNanos(SECONDS)) {
      said = now;
      log.atInfo()
          .addKeyValue("seconds", TimeUnit.NANOSECONDS.toSeconds(now - began))
          .log("the outbox is being opened: {}", what);
    }
  }

  /** A step that SQLite carries out. */
  @FunctionalInterface
  interface Work {
    void run() throws SQLException;
  }

  /** Carries out a step, and reports progress meanwhile. */
  void during(Connection connection, Work work) throws SQLException {
    ProgressHandler.setHandler(
        connection,
        STEPS,
        new ProgressHandler() {
          @Override
          protected int progress() {
            goesOn();
            return 0;
          }
        });
    try {
      work.run();
    } finally {
      ProgressHandler.clearHandler(connection);
    }
  }
}
