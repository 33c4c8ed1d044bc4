package org.linli.edge.outbox.sqlite;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.Reply;
import org.linli.edge.outbox.CommitGate;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.edge.profile.Interpreted;
import org.linli.event.DeviceEvent;
import org.linli.event.GatewayId;
import org.linli.program.thread.LivingThreads;

/** A process that offers numbered events for ever and prints each one that was taken. */
final class NumberedEvents {

  private static final int IN_FLIGHT = 50;

  private NumberedEvents() {}

  /**
   * @param arguments the data folder, and a word that makes this run's ids its own
   */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Semaphore inFlight = new Semaphore(IN_FLIGHT);
    SqliteOutbox outbox =
        SqliteOutbox.open(
            Path.of(arguments[0]),
            new GatewayId("gateway-1"),
            OutboxSettings.DEFAULTS,
            InstantSource.fixed(Offered.AT),
            new LivingThreads(InstantSource.system()),
            CommitGate.OPEN);
    for (long number = 1; ; number++) {
      String id = arguments[1] + "-" + number;
      String device = "lift-" + number % 7;
      DeviceEvent event = number % 5 == 0 ? Offered.urgent(device, id) : Offered.bulk(device, id);
      inFlight.acquireUninterruptibly();
      outbox.offer(
          new Interpreted.Understood(
              new Message(
                  "mqtt://" + device,
                  new Address.Device(Address.Format.LINLI_JSON, "elevator", device),
                  new byte[40],
                  Offered.AT,
                  new Printing(out, id, inFlight)),
              List.of(event)));
    }
  }

  private record Printing(PrintStream out, String id, Semaphore inFlight) implements Reply {
    @Override
    public void taken() {
      out.println(id);
      inFlight.release();
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
