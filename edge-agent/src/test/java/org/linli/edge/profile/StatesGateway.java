package org.linli.edge.profile;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.FutureReply;
import org.linli.edge.intake.Message;
import org.linli.edge.outbox.CommitGate;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.edge.outbox.sqlite.SqliteOutbox;
import org.linli.event.Batch;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.program.thread.LivingThreads;

/** A gateway's profiles and outbox on a folder, for states of doors. */
final class StatesGateway implements AutoCloseable {
  private final SqliteOutbox outbox;
  private final Profiles profiles;

  StatesGateway(Path folder, CommitGate gate) {
    this(folder, gate, 1_000);
  }

  StatesGateway(Path folder, CommitGate gate, int most) {
    outbox =
        SqliteOutbox.open(
            folder,
            new GatewayId("gateway-1"),
            OutboxSettings.DEFAULTS,
            InstantSource.system(),
            new LivingThreads(InstantSource.system()),
            gate);
    profiles =
        TestProfiles.profiles(
            KnownDevices.NONE,
            new KnownStates(KnownDevices.NONE, new StateSettings(most), outbox.states()),
            new DoorStates());
  }

  SqliteOutbox outbox() {
    return outbox;
  }

  /** Says a state and waits for the answer. */
  String say(String door, String state) {
    return offer(door, state).await();
  }

  FutureReply offer(String door, String state) {
    FutureReply reply = new FutureReply();
    outbox.offer(interpreted(door, state, reply));
    return reply;
  }

  /** Says all before the first is written, as far as the writer lets. */
  List<FutureReply> sayTogether(String door, String... states) {
    List<FutureReply> replies = new ArrayList<>();
    List<Interpreted> messages = new ArrayList<>();
    for (String state : states) {
      FutureReply reply = new FutureReply();
      replies.add(reply);
      messages.add(interpreted(door, state, reply));
    }
    messages.forEach(outbox::offer);
    return replies;
  }

  private Interpreted interpreted(String door, String state, FutureReply reply) {
    return profiles.interpret(
        new Message(
            "test://x",
            Address.published("doors/" + door, "client-1"),
            state.getBytes(StandardCharsets.UTF_8),
            TestProfiles.RECEIVED,
            reply));
  }

  List<String> told() {
    List<String> told = new ArrayList<>();
    for (Lane lane : Lane.values()) {
      outbox.next(lane, 0, Batch.MAX_EVENTS).stream()
          .flatMap(batch -> batch.events().stream())
          .forEach(event -> told.add(event.event().device() + " " + event.event().type().value()));
    }
    return told;
  }

  @Override
  public void close() {
    outbox.close();
  }
}
