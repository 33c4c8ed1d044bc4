package org.linli.edge.outbox.sqlite;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.Reply;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.edge.profile.Interpreted;
import org.linli.event.Batch;
import org.linli.event.DeviceEvent;
import org.linli.event.Lane;
import org.linli.program.process.Killable;
import org.linli.program.thread.LivingThreads;

/** A process with an outbox that comes to a stand at one point of its work. */
final class StandingAgent {

  /** What it has taken and acknowledged, one message after the other, before it comes there. */
  static final List<DeviceEvent> BEFORE =
      List.of(
          Offered.bulk("lift-1", "a1"), Offered.bulk("lift-1", "a2"), Offered.bulk("lift-1", "a3"));

  /** The one message that it stands with, in both lanes. */
  static final List<DeviceEvent> MESSAGE =
      List.of(
          Offered.bulk("lift-1", "b1"),
          Offered.urgent("lift-1", "b2"),
          Offered.measurement("lift-2", "b3"));

  enum Point {
    BEFORE_FSYNC,
    BETWEEN_FSYNC_AND_ACKNOWLEDGEMENT,
    BETWEEN_RECEIPT_AND_DELETE
  }

  private StandingAgent() {}

  /**
   * @param arguments the data folder and the {@link Point}
   */
  public static void main(String[] arguments) {
    Killable.endAtTheFirstFailure();
    AtomicBoolean holdsCommits = new AtomicBoolean();
    SqliteOutbox outbox =
        SqliteOutbox.open(
            Path.of(arguments[0]),
            OpenedOutbox.GATEWAY,
            OutboxSettings.DEFAULTS,
            InstantSource.fixed(Offered.AT),
            new LivingThreads(InstantSource.system()),
            () -> {
              if (holdsCommits.get()) {
                Killable.standHere();
              }
            });
    for (DeviceEvent event : BEFORE) {
      Offered offered = new Offered();
      outbox.offer(offered.of(event));
      Killable.say(offered.awaitAnswer());
    }
    switch (Point.valueOf(arguments[1])) {
      case BEFORE_FSYNC -> {
        holdsCommits.set(true);
        outbox.offer(message(() -> Killable.say("acknowledged")));
      }
      case BETWEEN_FSYNC_AND_ACKNOWLEDGEMENT -> outbox.offer(message(Killable::standHere));
      case BETWEEN_RECEIPT_AND_DELETE -> {
        outbox.settle(Map.of(Lane.URGENT, 0L, Lane.BULK, 0L));
        Killable.say(rowsOf(outbox.next(Lane.BULK, 0, 2).orElseThrow()));
        holdsCommits.set(true);
        outbox.receipted(Lane.BULK, 2);
      }
    }
  }

  static String rowsOf(Batch batch) {
    return "%d to %d, %s to %s"
        .formatted(batch.first(), batch.last(), batch.before(), batch.digest());
  }

  private static Interpreted message(Runnable acknowledgement) {
    return new Interpreted.Understood(
        new Message(
            "mqtt://lift-1",
            new Address.Device(Address.Format.LINLI_JSON, "elevator", "lift-1"),
            new byte[120],
            Offered.AT,
            new Acknowledging(acknowledgement)),
        MESSAGE);
  }

  private record Acknowledging(Runnable acknowledgement) implements Reply {
    @Override
    public void taken() {
      acknowledgement.run();
    }

    @Override
    public void refused(Refusal refusal) {
      throw new AssertionError(refusal);
    }

    @Override
    public void unavailable(String why) {
      throw new AssertionError(why);
    }
  }
}
