package org.linli.hub.change;

import java.time.Duration;
import org.linli.program.thread.LivingThreads;
import org.linli.program.thread.Ticker;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Drops changes that are too many or too old ({@link ChangeSettings}), in transactions of their
 * own. If old rows cannot be read or deleted, nobody else is affected: what changes is still
 * recorded, and the health page names this thread.
 */
@Component
class ChangeDropping extends Ticker {

  private static final Duration EVERY = Duration.ofSeconds(10);

  /** The most transactions of one look: more rows than come between two of them. */
  private static final int MOST_STEPS = 200;

  private final ChangeRecords records;
  private final TransactionTemplate transaction;

  ChangeDropping(ChangeRecords records, TransactionTemplate transaction, LivingThreads threads) {
    super(threads, LivingThreads.Make.DAEMON, "changes-dropping", EVERY);
    this.records = records;
    this.transaction = transaction;
  }

  @Override
  protected void look() {
    for (int steps = 0; steps < MOST_STEPS && records.hasTooMuch(); steps++) {
      transaction.executeWithoutResult(_ -> records.drop());
    }
  }
}
