package org.linli.edge.outbox.sqlite;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.linli.edge.outbox.CommitGate;
import org.linli.edge.outbox.DeadLetter;
import org.linli.edge.outbox.Ledger;
import org.linli.edge.outbox.Outbox;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.edge.profile.Interpreted;
import org.linli.event.Batch;
import org.linli.event.GatewayId;
import org.linli.event.Lane;

/** The outbox in one SQLite file, {@code outbox.db}, with one writer thread. */
public final class SqliteOutbox implements Outbox, AutoCloseable {

  private SqliteOutbox() {}

  /**
   * Opens the outbox of a data folder, makes both where they are missing, and starts the writer.
   *
   * @param folder the data folder; locked until {@link #close}
   * @param gate passed by every group commit: {@link CommitGate#OPEN} but in tests
   */
  public static SqliteOutbox open(
      Path folder,
      GatewayId gateway,
      OutboxSettings settings,
      InstantSource clock,
      CommitGate gate) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void offer(Interpreted interpreted) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long epoch() {
    throw new UnsupportedOperationException();
  }

  @Override
  public long startEpoch(long above) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Batch> next(Lane lane, long after, int maxEvents) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void receipted(Lane lane, long sequence) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void onCommit(Runnable listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Ledger ledger() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<DeadLetter> deadLetters(int limit) {
    throw new UnsupportedOperationException();
  }

  /** Takes nothing more, commits what waits, and leaves one file without a write-ahead log. */
  @Override
  public void close() {}
}
