package org.linli.hub.intake;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.linli.event.Batch;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.event.codec.BatchCodec;
import org.linli.hub.alert.AlertsOnRecords;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.history.questdb.QuestDbStore;
import org.linli.hub.records.TestRecords;
import org.linli.program.process.Killable;
import org.linli.program.thread.LivingThreads;

/** A process with a hub's records and history that comes to a stand at one point of its work. */
final class StandingHub {

  static final Instant RECEIVED = Instant.parse("2026-11-23T12:00:01Z");

  /** A door that is forced, again and again: one alert, and how often. */
  static final Batches FORCED = Batches.of("gateway-1").lane(Lane.URGENT);

  /** Applied and answered before it comes there. */
  static final Batch BEFORE = FORCED.rows(1, 1);

  /** The one that it stands with. */
  static final Batch BATCH = FORCED.rows(2, 2);

  enum Point {
    IN_THE_TRANSACTION,
    BETWEEN_COMMIT_AND_RECEIPT,
    BETWEEN_HISTORY_AND_TRANSACTION
  }

  private StandingHub() {}

  /**
   * @param arguments the data folder and the {@link Point}
   */
  public static void main(String[] arguments) {
    Killable.endAtTheFirstFailure();
    Path folder = Path.of(arguments[0]);
    Point point = Point.valueOf(arguments[1]);
    TestRecords records = new TestRecords(folder);
    BatchParticipant alerts = AlertsOnRecords.raising(records, clock(RECEIVED));
    AtomicBoolean stands = new AtomicBoolean();
    TestIntake intake =
        TestIntake.on(
            records,
            new NamedParticipant(
                "alerts",
                events -> {
                  alerts.apply(events);
                  if (stands.get()) {
                    Killable.standHere();
                  }
                }),
            event -> {});
    Killable.say(give(intake, BEFORE).toString());
    stands.set(point == Point.IN_THE_TRANSACTION);
    give(intake, BATCH);
    switch (point) {
      case IN_THE_TRANSACTION -> Killable.say("the transaction ended");
      case BETWEEN_COMMIT_AND_RECEIPT -> Killable.standHere();
      case BETWEEN_HISTORY_AND_TRANSACTION -> {
        QuestDbStore history = history(folder, RECEIVED);
        intake
            .journal()
            .carryTo(
                events -> {
                  history.append(events);
                  Killable.standHere();
                });
      }
    }
  }

  static Receipt give(TestIntake intake, Batch batch) {
    return intake
        .apply(
            List.of(
                new ArrivedBatch(
                    batch.gateway(),
                    batch.lane(),
                    BatchCodec.encode(batch),
                    RECEIVED,
                    receipt -> {})))
        .getFirst()
        .receipt();
  }

  static Clock clock(Instant at) {
    return Clock.fixed(at, ZoneOffset.UTC);
  }

  static QuestDbStore history(Path folder, Instant storedAt) {
    return QuestDbStore.open(
        folder.resolve("questdb"),
        clock(storedAt),
        new SimpleMeterRegistry(),
        new LivingThreads(InstantSource.system()));
  }
}
