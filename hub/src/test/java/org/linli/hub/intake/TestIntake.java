package org.linli.hub.intake;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.gateway.HubMemory;
import org.linli.hub.records.TestRecords;
import org.linli.program.thread.LivingThreads;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** The intake on real records, without Spring, and what feeds a store from its journal. */
final class TestIntake {

  static final DataSize LIMIT = DataSize.ofMegabytes(16);
  static final int GATEWAYS = 4;
  static final DataSize ARCHIVED = DataSize.ofMegabytes(1);
  static final Duration ARCHIVED_FOR = Duration.ofDays(10);

  private static final HubMemory MEMORY = HubMemory.ofThisProgram();

  private final TestRecords records;
  private final DeadLetters deadLetters;
  private final IntakeLedger ledger;
  private final Archive archive;
  private final Journal journal;
  private final BatchIntake intake;

  private TestIntake(
      TestRecords records,
      TransactionTemplate transactions,
      List<BatchParticipant> participants,
      ApplicationEventPublisher published,
      IntakeSettings settings) {
    StaticListableBeanFactory beans = new StaticListableBeanFactory();
    participants.forEach(one -> beans.addBean(one.name(), one));
    this.records = records;
    deadLetters = new DeadLetters(records.client(), records.reader(), settings);
    ledger = new IntakeLedger(records.client(), records.reader());
    archive =
        new Archive(
            records.client(),
            records.reader(),
            new ArchiveSettings(ARCHIVED_FOR, ARCHIVED),
            records.runningTime(),
            records.folder());
    journal =
        new Journal(
            records.client(), records.reader(), archive, journalSettings(Duration.ZERO), GATEWAYS);
    intake =
        new BatchIntake(
            new Unpacking(MEMORY),
            new Watermarks(records.client(), records.reader()),
            new DeviceOrders(
                records.jdbc(),
                records.reader(),
                (gateway, device) -> device.value().startsWith("door-"),
                DeviceOrders.MOST_UNREGISTERED,
                10_000,
                new SimpleMeterRegistry()),
            new AppliedEvents(records.jdbc(), records.reader(), settings),
            ledger,
            journal,
            deadLetters,
            transactions,
            beans.getBeanProvider(BatchParticipant.class),
            published);
  }

  static TestIntake on(
      TestRecords records, BatchParticipant participant, ApplicationEventPublisher published) {
    return on(records, participant, published, IntakeSettings.DEFAULTS);
  }

  static TestIntake on(
      TestRecords records,
      BatchParticipant participant,
      ApplicationEventPublisher published,
      IntakeSettings settings) {
    return new TestIntake(
        records, records.transactions(), List.of(participant), published, settings);
  }

  static TestIntake on(
      TestRecords records,
      List<BatchParticipant> participants,
      ApplicationEventPublisher published) {
    return new TestIntake(
        records, records.transactions(), participants, published, IntakeSettings.DEFAULTS);
  }

  static TestIntake on(
      TestRecords records,
      TransactionTemplate transactions,
      BatchParticipant participant,
      ApplicationEventPublisher published) {
    return new TestIntake(
        records, transactions, List.of(participant), published, IntakeSettings.DEFAULTS);
  }

  static TestIntake on(TestRecords records) {
    return new TestIntake(
        records, records.transactions(), List.of(), event -> {}, IntakeSettings.DEFAULTS);
  }

  private static JournalSettings journalSettings(Duration linger) {
    return new JournalSettings(LIMIT, linger);
  }

  List<Answer> apply(List<ArrivedBatch> arrived) {
    return intake.apply(arrived);
  }

  Journal journal() {
    return journal;
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
        deadLetters,
        ledger,
        records.transactions(),
        journalSettings(linger),
        new LivingThreads(InstantSource.system()),
        MEMORY,
        new SimpleMeterRegistry());
  }

  /** Gives the store what waits, now. */
  void carryTo(DurableStore store) {
    feed(store, Duration.ZERO).carry();
  }
}
