package org.linli.hub.journal;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.linli.hub.gateway.HubMemory;
import org.linli.hub.records.TestRecords;
import org.linli.program.thread.LivingThreads;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.util.unit.DataSize;

/** The journal and the archive on real records, without Spring, and what gives a store both. */
public final class TestJournal {

  public static final DataSize LIMIT = DataSize.ofMegabytes(16);
  public static final int GATEWAYS = 4;
  public static final DataSize ARCHIVED = DataSize.ofMegabytes(1);
  public static final Duration ARCHIVED_FOR = Duration.ofDays(10);

  private static final HubMemory MEMORY = HubMemory.ofThisProgram();

  private final TestRecords records;
  private final Undelivered undelivered;
  private final Archive archive;
  private final Journal journal;

  public TestJournal(TestRecords records, Undelivered undelivered) {
    this.records = records;
    this.undelivered = undelivered;
    archive =
        new Archive(
            records.client(),
            records.reader(),
            new ArchiveSettings(ARCHIVED_FOR, ARCHIVED),
            records.runningTime(),
            records.folder());
    journal =
        new Journal(
            records.jdbc(), records.reader(), archive, settings(Duration.ZERO), () -> GATEWAYS);
  }

  private static JournalSettings settings(Duration linger) {
    return new JournalSettings(LIMIT, linger);
  }

  public Journal journal() {
    return journal;
  }

  /** Returns how many events wait. */
  public long events() {
    return journal.events();
  }

  Archive archive() {
    return archive;
  }

  /** What gives a store again what is archived, not started. */
  Refeed refeed(DurableStore store, ApplicationEventPublisher published) {
    StaticListableBeanFactory beans = new StaticListableBeanFactory();
    beans.addBean("store", store);
    return new Refeed(
        archive,
        beans.getBeanProvider(DurableStore.class),
        published,
        new LivingThreads(InstantSource.system()),
        MEMORY,
        new SimpleMeterRegistry());
  }

  /** What carries the journal into the store, not started. */
  JournalFeed feed(DurableStore store, Duration linger) {
    StaticListableBeanFactory beans = new StaticListableBeanFactory();
    beans.addBean("store", store);
    return new JournalFeed(
        journal,
        archive,
        beans.getBeanProvider(DurableStore.class),
        undelivered,
        records.transactions(),
        settings(linger),
        new LivingThreads(InstantSource.system()),
        MEMORY,
        new SimpleMeterRegistry());
  }

  /** Gives the store what waits, now. */
  public void carryTo(DurableStore store) {
    feed(store, Duration.ZERO).carry();
  }
}
