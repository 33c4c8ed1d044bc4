package org.linli.hub.change;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives readers of changes whose position outlives the program. */
@Component
public class DurableReaders {

  private final ChangeRecords records;
  private final ChangeFeed feed;
  private final TransactionTemplate transaction;

  DurableReaders(ChangeRecords records, ChangeFeed feed, TransactionTemplate transaction) {
    this.records = records;
    this.feed = feed;
    this.transaction = transaction;
  }

  /**
   * The reader of that name, which goes on where it was. A new one begins with what changes from
   * now on.
   *
   * @param name in the records for good
   */
  public DurableReader reader(String name) {
    transaction.executeWithoutResult(_ -> records.addReader(name));
    return new DurableReader(name, records, feed, transaction);
  }
}
