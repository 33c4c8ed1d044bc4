package org.linli.edge.outbox.sqlite;

import java.util.concurrent.CompletableFuture;
import org.linli.event.Lane;

/** What somebody waits for the writer to do. */
sealed interface Request {

  /** Completed after the commit; exceptionally when that fails. */
  CompletableFuture<Long> done();

  /** Begin an epoch higher than this; completed with the new one. */
  record StartEpoch(long above, CompletableFuture<Long> done) implements Request {}

  /** Give up a row that cannot be read; completed with its position. */
  record GiveUpRow(Lane lane, long position, CompletableFuture<Long> done) implements Request {}
}
