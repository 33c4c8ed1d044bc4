package org.linli.edge.outbox.sqlite;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.linli.event.Lane;

/** What somebody waits for the writer to do. */
sealed interface Request {

  /** Completed after the commit; exceptionally when that fails. */
  CompletableFuture<?> done();

  /** Tells whoever waits that it is committed, and to what totals it has led. */
  void committed(Totals totals);

  /** Begin an epoch higher than this; completed with the new one. */
  record StartEpoch(long above, CompletableFuture<Long> done) implements Request {
    @Override
    public void committed(Totals totals) {
      done.complete(totals.epoch());
    }
  }

  /** The hub has nothing beyond what it receipted, and is there from now on. */
  record Settle(CompletableFuture<Long> done) implements Request {
    @Override
    public void committed(Totals totals) {
      done.complete(totals.epoch());
    }
  }

  /** Let the next rows of a lane be sent; completed with the position of the last of them. */
  record Extend(Lane lane, CompletableFuture<Long> done) implements Request {
    @Override
    public void committed(Totals totals) {
      done.complete(totals.lane(lane).sendable());
    }
  }

  /** Give up a row that cannot be read; completed with its position. */
  record GiveUpRow(Lane lane, long position, CompletableFuture<Long> done) implements Request {
    @Override
    public void committed(Totals totals) {
      done.complete(position);
    }
  }

  /** Tables that are read and changed by whoever asks. */
  record Tables(SessionTable sessions, CommandTable commands) {}

  /** Read or change sessions or commands; completed with what was found. */
  final class OnTables<T> implements Request {

    /** What is to be done within the transaction. */
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
