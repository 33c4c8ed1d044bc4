package org.linli.hub.intake;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.linli.hub.records.TestRecords;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.util.unit.DataSize;

/** The real journal over the records of a test, and what feeds a store from it. */
final class TestJournal {

  static final DataSize LIMIT = DataSize.ofMegabytes(16);

  private TestJournal() {}

  static Journal of(TestRecords records) {
    return new Journal(records.client(), records.reader(), settings(Duration.ZERO));
  }

  static JournalFeed feed(
      TestRecords records, Journal journal, DurableStore store, Duration linger) {
    StaticListableBeanFactory beans = new StaticListableBeanFactory();
    beans.addBean("store", store);
    return new JournalFeed(
        journal,
        new Stores(beans.getBeanProvider(DurableStore.class)),
        new DeadLetters(records.client()),
        new IntakeLedger(records.client(), records.reader()),
        records.transactions(),
        settings(linger),
        new SimpleMeterRegistry());
  }

  private static JournalSettings settings(Duration linger) {
    return new JournalSettings(LIMIT, linger);
  }
}
