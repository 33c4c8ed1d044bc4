package org.linli.hub.intake;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import org.linli.event.Batch;
import org.linli.event.Receipt;
import org.linli.event.codec.BatchCodec;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.gateway.HubMemory;
import org.linli.hub.intake.deadletter.DeadLetterSettings;
import org.linli.hub.intake.deadletter.DeadLetters;
import org.linli.hub.intake.deadletter.EventCopies;
import org.linli.hub.intake.sequence.AppliedEvents;
import org.linli.hub.intake.sequence.DeviceOrders;
import org.linli.hub.intake.sequence.SequenceSettings;
import org.linli.hub.intake.sequence.Watermarks;
import org.linli.hub.journal.TestJournal;
import org.linli.hub.records.TestRecords;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.TestCommunities;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;

/** The intake on real records, without Spring, and what feeds a store from its journal. */
public final class TestIntake {

  private static final HubMemory MEMORY = HubMemory.ofThisProgram();

  private final TestJournal journal;
  private final BatchIntake intake;

  private TestIntake(
      TestRecords records,
      TransactionTemplate transactions,
      List<BatchParticipant> participants,
      ApplicationEventPublisher published,
      DeadLetterSettings kept,
      SequenceSettings remembered,
      EventCopies copies) {
    StaticListableBeanFactory beans = new StaticListableBeanFactory();
    participants.forEach(one -> beans.addBean(one.name(), one));
    Registry registry = TestCommunities.sample();
    DeadLetters deadLetters = new DeadLetters(records.ofCommunities(), kept, registry);
    IntakeLedger ledger = new IntakeLedger(records.client(), records.reader());
    journal = new TestJournal(records, new UndeliveredDeadLetters(deadLetters, copies, ledger));
    intake =
        new BatchIntake(
            registry,
            new Unpacking(MEMORY),
            new Watermarks(records.client(), records.reader()),
            new DeviceOrders(
                records.jdbc(),
                records.reader(),
                (gateway, device) -> device.value().startsWith("door-"),
                DeviceOrders.MOST_UNREGISTERED,
                10_000,
                new SimpleMeterRegistry()),
            new AppliedEvents(records.jdbc(), records.reader(), remembered),
            ledger,
            journal.journal(),
            deadLetters,
            copies,
            transactions,
            beans.getBeanProvider(BatchParticipant.class),
            published);
  }

  public static TestIntake on(
      TestRecords records, BatchParticipant participant, ApplicationEventPublisher published) {
    return on(
        records, participant, published, DeadLetterSettings.DEFAULTS, SequenceSettings.DEFAULTS);
  }

  static TestIntake on(
      TestRecords records,
      BatchParticipant participant,
      ApplicationEventPublisher published,
      DeadLetterSettings kept,
      SequenceSettings remembered) {
    return new TestIntake(
        records,
        records.transactions(),
        List.of(participant),
        published,
        kept,
        remembered,
        new EventCopies());
  }

  public static TestIntake on(
      TestRecords records,
      List<BatchParticipant> participants,
      ApplicationEventPublisher published) {
    return on(records, participants, published, new EventCopies());
  }

  static TestIntake on(
      TestRecords records,
      List<BatchParticipant> participants,
      ApplicationEventPublisher published,
      EventCopies copies) {
    return new TestIntake(
        records,
        records.transactions(),
        participants,
        published,
        DeadLetterSettings.DEFAULTS,
        SequenceSettings.DEFAULTS,
        copies);
  }

  static TestIntake on(
      TestRecords records,
      TransactionTemplate transactions,
      BatchParticipant participant,
      ApplicationEventPublisher published) {
    return new TestIntake(
        records,
        transactions,
        List.of(participant),
        published,
        DeadLetterSettings.DEFAULTS,
        SequenceSettings.DEFAULTS,
        new EventCopies());
  }

  public static TestIntake on(TestRecords records) {
    return new TestIntake(
        records,
        records.transactions(),
        List.of(),
        event -> {},
        DeadLetterSettings.DEFAULTS,
        SequenceSettings.DEFAULTS,
        new EventCopies());
  }

  public List<BatchReceipt> apply(List<ArrivedBatch> arrived) {
    return intake.apply(arrived);
  }

  /** Applies a batch by itself. */
  public Receipt give(Batch batch, Instant receivedAt) {
    return apply(
            List.of(
                new ArrivedBatch(
                    batch.gateway(), batch.lane(), BatchCodec.encode(batch), receivedAt, _ -> {})))
        .getFirst()
        .receipt();
  }

  /** What was applied, on its way to a store. */
  public TestJournal journal() {
    return journal;
  }
}
