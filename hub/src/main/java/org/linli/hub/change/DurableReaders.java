package org.linli.hub.change;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Provides readers of changes whose position survives a restart. */
@Component
public class DurableReaders {

  private final ChangeRecords records;
  private final ChangeFeed feed;
  private final TransactionTemplate transaction;
  private final MeterRegistry meters;

  DurableReaders(
      ChangeRecords records,
      ChangeFeed feed,
      TransactionTemplate transaction,
      MeterRegistry meters) {
    this.records = records;
    this.feed = feed;
    this.transaction = transaction;
    this.meters = meters;
  }

  /**
   * Returns the reader of that name, which continues where it was. A new one begins with later
   * changes.
   *
   * @param name permanent name in the records
   */
  public DurableReader reader(String name) {
    transaction.executeWithoutResult(_ -> records.addReader(name));
    return new DurableReader(name, records, feed, transaction, new ReaderFigures(meters, name));
  }
}
