package org.linli.hub.records;

import java.time.Duration;
import org.linli.program.thread.LivingThreads;
import org.linli.program.thread.Ticker;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes the one connection that writes, and the write lock, every few seconds, and asks the
 * database for nothing but an answer. If another thread holds them for ever, this thread's
 * heartbeat stops, and the health page reports it.
 */
@Component
class WriterPulse extends Ticker {

  private static final Duration EVERY = Duration.ofSeconds(10);

  private final TransactionTemplate transaction;
  private final JdbcClient client;

  WriterPulse(TransactionTemplate transaction, JdbcClient client, LivingThreads threads) {
    super(threads, LivingThreads.Make.DAEMON, "records-writer", EVERY);
    this.transaction = transaction;
    this.client = client;
  }

  @Override
  protected void look() {
    transaction.executeWithoutResult(_ -> client.sql("SELECT 1").query(Integer.class).single());
  }
}
