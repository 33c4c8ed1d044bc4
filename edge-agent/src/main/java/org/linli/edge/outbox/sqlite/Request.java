package org.linli.edge.outbox.sqlite;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.linli.event.Lane;

/** A request to the writer. */
sealed interface Request {

  /** Completed after the commit; exceptionally if it fails. */
  CompletableFuture<?> done();

  /** Completes the request after the commit, with the resulting totals. */
  void committed(Totals totals);

  /** Begins an epoch higher than {@code above}; completed with the new one. */
  record StartEpoch(long above, CompletableFuture<Long> done) implements Request {
    @Override
    public void committed(Totals totals) {
      done.complete(totals.epoch());
    }
  }

  /** The hub has nothing beyond its receipts, and is connected from now on. */
  record Settle(CompletableFuture<Long> done) implements Request {
    @Override
    public void committed(Totals totals) {
      done.complete(totals.epoch());
    }
  }

  /**
   * Allows the next rows of a lane to be sent; completed with the position of the last of them.
   *
   * @param events that are asked for
   */
  record Extend(Lane lane, int events, CompletableFuture<Long> done) implements Request {
    @Override
    public void committed(Totals totals) {
      done.complete(totals.lane(lane).sendable());
    }
  }

  /** Gives up an unreadable row; completed with its position. */
  record GiveUpRow(Lane lane, long position, CompletableFuture<Long> done) implements Request {
    @Override
    public void committed(Totals totals) {
      done.complete(position);
    }
  }

  /** Tables that requests read and change. */
  record Tables(SessionTable sessions, CommandTable commands) {}

  /** Reads or changes sessions or commands; completed with the result. */
  final class OnTables<T> implements Request {

    /** The work within the transaction. */
    @FunctionalInterface
    interface Work<T> {
      T on(Tables tables) throws SQLException;
    }

    private final Work<T> work;
    private final CompletableFuture<T> done = new CompletableFuture<>();
    private @Nullable T found;

    OnTables(Work<T> work) {
      this.work = work;
    }

    void perform(Tables tables) throws SQLException {
      found = work.on(tables);
    }

    @Override
    public CompletableFuture<T> done() {
      return done;
    }

    @Override
    public void committed(Totals totals) {
      done.complete(found);
    }
  }
}
