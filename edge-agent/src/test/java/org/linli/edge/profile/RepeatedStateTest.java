package org.linli.edge.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.Reply;
import org.linli.edge.outbox.CommitGate;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.edge.outbox.Repeats;
import org.linli.edge.outbox.sqlite.SqliteOutbox;
import org.linli.event.DeviceId;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.Values;
import org.linli.program.thread.LivingThreads;

/** A state that could not be kept is none for those that repeat it. */
class RepeatedStateTest {

  @TempDir private Path folder;
  private final Semaphore passes = new Semaphore(0);
  private final AtomicBoolean refuses = new AtomicBoolean();

  /** Says nothing but whether a door is open, and that again and again. */
  private static final class Doors implements Profile {
    private final Changes changes = new Changes();

    @Override
    public String name() {
      return "doors";
    }

    @Override
    public List<String> topics() {
      return List.of("doors/#");
    }

    @Override
    public void read(Delivered message, MessageReading reading) throws Unreadable {
      Subject door = reading.device("door-1", Kind.ACCESS);
      String state = new String(message.payload(), StandardCharsets.UTF_8);
      if (changes.isChange(reading, door, "state", state)) {
        reading.happened(door, new EventType("door." + state), null, Values.NONE);
      } else {
        reading.passOver();
      }
    }
  }

  private record FutureReply(CompletableFuture<String> answer) implements Reply {
    @Override
    public void taken() {
      answer.complete("taken");
    }

    @Override
    public void refused(Refusal refusal) {
      answer.complete("refused");
    }

    @Override
    public void unavailable(String why) {
      answer.complete("unavailable");
    }
  }

  private static CompletableFuture<String> say(
      Profiles profiles, SqliteOutbox outbox, String state) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    outbox.offer(
        profiles.interpret(
            new Message(
                "test://x",
                Address.published("doors/1", "client-1"),
                state.getBytes(StandardCharsets.UTF_8),
                TestProfiles.RECEIVED,
                new FutureReply(answer))));
    return answer;
  }

  @Test
  void whoRepeatsAStateIsNotAcknowledgedWhereItCouldNotBeKept() throws Exception {
    Profiles profiles = TestProfiles.profiles(KnownDevices.NONE, new Doors());
    CommitGate gate =
        () -> {
          passes.acquireUninterruptibly();
          if (refuses.get()) {
            throw new IllegalStateException("a disk that refuses");
          }
        };
    try (SqliteOutbox outbox =
        SqliteOutbox.open(
            folder,
            new GatewayId("gateway-1"),
            OutboxSettings.DEFAULTS,
            InstantSource.system(),
            new LivingThreads(InstantSource.system()),
            gate)) {
      refuses.set(true);
      CompletableFuture<String> first = say(profiles, outbox, "forced");
      await().until(passes::hasQueuedThreads);
      CompletableFuture<String> repeat = say(profiles, outbox, "forced");
      passes.release();
      assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("unavailable");
      refuses.set(false);
      passes.release(1_000);

      assertThat(repeat.get(10, TimeUnit.SECONDS)).isEqualTo("unavailable");
      assertThat(say(profiles, outbox, "forced").get(10, TimeUnit.SECONDS)).isEqualTo("taken");
      assertThat(outbox.ledger().taken()).isEqualTo(1);
      assertThat(say(profiles, outbox, "forced").get(10, TimeUnit.SECONDS)).isEqualTo("taken");
      assertThat(outbox.ledger().taken()).isEqualTo(1);
      assertThat(outbox.repeats().byDevice(10))
          .as("one was kept, and one of the others came of what was not")
          .containsExactly(
              new Repeats.OfDevice(new DeviceId("door-1"), Map.of(RepeatReason.UNCHANGED, 1L)));
    }
  }
}
