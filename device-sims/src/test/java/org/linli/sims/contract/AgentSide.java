package org.linli.sims.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.Reply;
import org.linli.edge.outbox.CommitGate;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.edge.outbox.sqlite.SqliteOutbox;
import org.linli.edge.profile.Interpreted;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.EventId;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.Value;
import org.linli.event.Values;
import org.linli.program.thread.LivingThreads;
import org.springframework.util.unit.DataSize;

/** The real outbox on a real disk, which can be killed, copied and restored. */
final class AgentSide implements AutoCloseable {

  static final String NUMBER = "number";
  static final int MOST_MINUTES = 3;

  private static final String NO_ROOM = "unavailable: there is no room for events";

  private static final int LARGE_TEXTS = 16;
  private static final OutboxSettings SMALL =
      new OutboxSettings(
          10_000,
          DataSize.ofKilobytes(64),
          256,
          Duration.ofHours(24),
          1_000,
          DataSize.ofKilobytes(400),
          Duration.ofMinutes(MOST_MINUTES),
          DataSize.ofKilobytes(64));

  private final Path root;
  private final GatewayId gateway;
  private final Supplier<Instant> clock;
  private volatile CommitGate gate = CommitGate.OPEN;
  private Path folder;
  private int folders;
  private SqliteOutbox outbox;

  AgentSide(Path root, GatewayId gateway, Supplier<Instant> clock) {
    this.root = root;
    this.gateway = gateway;
    this.clock = clock;
    this.folder = nextFolder();
    this.outbox = open(folder);
  }

  SqliteOutbox outbox() {
    return outbox;
  }

  private Path nextFolder() {
    return root.resolve("agent-" + ++folders);
  }

  private SqliteOutbox open(Path where) {
    return SqliteOutbox.open(
        where,
        gateway,
        SMALL,
        clock::get,
        new LivingThreads(InstantSource.system()),
        () -> gate.beforeCommit());
  }

  /**
   * Offers events of a device, and waits until the device hears what became of them.
   *
   * @return false if there is no room for them now; anything but that and "taken" fails
   */
  boolean offer(List<Step.Event> events, long firstNumber, boolean isLarge) {
    List<DeviceEvent> all = new ArrayList<>();
    for (Step.Event event : events) {
      all.add(deviceEvent(event, firstNumber + all.size(), isLarge));
    }
    Answer answer = new Answer();
    outbox.offer(
        new Interpreted.Understood(
            new Message(
                "mqtt://lift",
                new Address.Device(Address.Format.LINLI_JSON, "elevator", "lift"),
                new byte[40],
                clock.get(),
                answer),
            all));
    String said = answer.said.orTimeout(10, TimeUnit.SECONDS).join();
    if (said.startsWith(NO_ROOM)) {
      return false;
    }
    assertThat(said).isEqualTo("taken");
    return true;
  }

  private DeviceEvent deviceEvent(Step.Event event, long number, boolean isLarge) {
    Map<String, Value> values = new LinkedHashMap<>();
    values.put(NUMBER, new Value.Whole(number));
    for (int i = 0; isLarge && i < LARGE_TEXTS; i++) {
      values.put("text-" + i, new Value.Text("%06d-%d,".formatted(number, i).repeat(100)));
    }
    return new DeviceEvent(
        new DeviceId(Memory.device(event)),
        Kind.ELEVATOR,
        new EventType(
            switch (event.sort()) {
              case URGENT -> "passenger.trapped";
              case BULK -> "trip.completed";
              case MEASUREMENT -> "measurement";
            }),
        event.id() == 0 ? null : new EventId("id-" + event.id()),
        clock.get(),
        null,
        clock.get(),
        new Values(values));
  }

  /** Waits until everything is on disk that was asked for before, receipts among it. */
  void awaitWriter() {
    outbox.sessions().release(0, 0).join();
  }

  /** The disk as it is between two commits. */
  Path copy() {
    Path copy = nextFolder();
    gate = () -> copy(folder, copy);
    awaitWriter();
    gate = CommitGate.OPEN;
    return copy;
  }

  /** The disk as it is while a message is written down and not committed. */
  Path copyWhileTaking(List<Step.Event> events, long firstNumber) {
    Path copy = nextFolder();
    gate = () -> copy(folder, copy);
    boolean isTaken = offer(events, firstNumber, true);
    gate = CommitGate.OPEN;
    return isTaken ? copy : copy();
  }

  /** Goes on with a copy of this disk; what was made since is gone. */
  void goOnWith(Path disk) {
    outbox.close();
    folder = nextFolder();
    copy(disk, folder);
    outbox = open(folder);
  }

  private static void copy(Path from, Path to) {
    try {
      Files.createDirectories(to);
      for (String name : List.of("outbox.db", "outbox.db-wal")) {
        if (Files.exists(from.resolve(name))) {
          Files.deleteIfExists(to.resolve(name));
          Files.copy(from.resolve(name), to.resolve(name));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    outbox.close();
  }

  /** What a device is told. */
  private static final class Answer implements Reply {
    private final CompletableFuture<String> said = new CompletableFuture<>();

    @Override
    public void taken() {
      said.complete("taken");
    }

    @Override
    public void refused(Refusal refusal) {
      said.complete("refused: " + refusal);
    }

    @Override
    public void unavailable(String why) {
      said.complete("unavailable: " + why);
    }
  }
}
