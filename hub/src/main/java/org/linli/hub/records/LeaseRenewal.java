package org.linli.hub.records;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.linli.program.thread.LivingThreads;
import org.linli.program.thread.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Renews this hub's right to write the records every second, from its start to its end, and ends
 * the program when another hub has taken it.
 */
@Component
class LeaseRenewal extends Ticker {

  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(LeaseRenewal.class);

  private final Optional<HubLease> lease;
  private final TransactionTemplate transaction;
  private final HikariDataSource writer;
  private final ObjectProvider<Turn> turn;
  private final ProgramEnd end;

  /** Renewing waits for nobody else. */
  private final ExecutorService beside;

  private final AtomicBoolean returning = new AtomicBoolean();
  private volatile boolean failed;

  LeaseRenewal(
      RecordsDatabase database,
      TransactionTemplate transaction,
      HikariDataSource recordsWriter,
      ObjectProvider<Turn> turn,
      ProgramEnd end,
      LivingThreads threads) {
    super(threads, LivingThreads.Make.DAEMON, "records-lease", EVERY);
    this.lease = database.lease();
    this.transaction = transaction;
    this.writer = recordsWriter;
    this.turn = turn;
    this.end = end;
    this.beside = threads.pool("records-return", 1);
  }

  @Override
  public boolean isAutoStartup() {
    return lease.isPresent();
  }

  /** Before everything that writes is started, and after everything is stopped. */
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE;
  }

  @Override
  public void start() {
    if (!lease.orElseThrow().isTaken()) {
      transaction.executeWithoutResult(_ -> {});
    }
    super.start();
    turn.ifAvailable(Turn::close);
  }

  @Override
  protected void look() {
    HubLease own = lease.orElseThrow();
    try {
      own.renew();
      if (failed && returning.compareAndSet(false, true)) {
        beside.execute(this::comeBack);
      }
    } catch (SQLException e) {
      failed = true;
      LOG.debug("The database does not answer", e);
    }
    if (own.isLost()) {
      end.now(
          "Another hub has taken over the records, because this one was silent or cut off. It ends,"
              + " writes nothing more, and stands by when it is started again.");
    }
  }

  /** Whoever writes first may come late, and another hub would take the place meanwhile. */
  private void comeBack() {
    try (Connection _ = writer.getConnection()) {
      failed = false;
    } catch (SQLException e) {
      LOG.debug("The connection that writes is not back yet", e);
    } finally {
      returning.set(false);
    }
  }

  @Override
  public void stop() {
    super.stop();
    beside.close();
    lease.ifPresent(HubLease::close);
  }
}
