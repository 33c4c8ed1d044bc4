package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.outbox.CommitGate;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.event.Batch;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.TakenEvent;
import org.linli.program.process.JavaProgram;
import org.linli.program.thread.LivingThreads;

@Tag("slow")
class CrashTest {

  private static final GatewayId GATEWAY = new GatewayId("gateway-1");

  @TempDir private Path folder;

  @Test
  void hasEveryAcknowledgedEventAfterEachKill() throws IOException, InterruptedException {
    List<String> acknowledged = new ArrayList<>();
    for (int run = 1; run <= 3; run++) {
      acknowledged.addAll(offerUntilKilled("run" + run, 700 * run));
    }
    try (SqliteOutbox outbox = open()) {
      Map<String, List<Long>> orders = new HashMap<>();
      List<String> kept = new ArrayList<>();
      for (Lane lane : Lane.values()) {
        for (TakenEvent event : everything(outbox, lane)) {
          kept.add(event.traceId(GATEWAY, 1));
          orders
              .computeIfAbsent(event.event().device().value(), device -> new ArrayList<>())
              .add(event.order());
        }
      }
      assertThat(kept).doesNotHaveDuplicates().containsAll(acknowledged);
      assertThat(orders)
          .allSatisfy(
              (device, numbers) ->
                  assertThat(numbers)
                      .containsExactlyInAnyOrderElementsOf(
                          LongStream.rangeClosed(1, numbers.size()).boxed().toList()));
      assertThat(outbox.ledger().balances()).isTrue();
      assertThat(outbox.ledger().taken()).isEqualTo(kept.size());
      String newest = acknowledged.getLast();
      Offered again = new Offered();
      outbox.offer(
          again.of(Offered.bulk("lift-" + Long.parseLong(newest.split("-")[1]) % 7, newest)));
      again.awaitAnswer();
      assertThat(outbox.ledger().repeated()).isEqualTo(1);
    }
  }

  /** Everything that a process had acknowledged when it was killed after some of it. */
  private List<String> offerUntilKilled(String name, int some)
      throws IOException, InterruptedException {
    Process agent =
        new ProcessBuilder(JavaProgram.command(NumberedEvents.class, folder.toString(), name))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> acknowledged = new ArrayList<>();
    try (BufferedReader lines = agent.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(name)) {
          acknowledged.add(line);
        }
        if (acknowledged.size() == some) {
          kill(agent);
        }
      }
    } finally {
      agent.destroyForcibly();
    }
    assertThat(agent.waitFor()).isEqualTo(137);
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(some);
    return acknowledged;
  }

  /** By its handle, because {@code Process.destroyForcibly} closes what it had still to say. */
  private static void kill(Process agent) {
    assertThat(agent.toHandle().destroyForcibly()).isTrue();
  }

  private SqliteOutbox open() {
    return SqliteOutbox.open(
        folder,
        GATEWAY,
        OutboxSettings.DEFAULTS,
        InstantSource.fixed(Offered.AT),
        new LivingThreads(InstantSource.system()),
        CommitGate.OPEN);
  }

  private static List<TakenEvent> everything(SqliteOutbox outbox, Lane lane) {
    List<TakenEvent> events = new ArrayList<>();
    Optional<Batch> next = outbox.next(lane, 0, Batch.MAX_EVENTS);
    while (next.isPresent()) {
      events.addAll(next.get().events());
      next = outbox.next(lane, next.get().last(), Batch.MAX_EVENTS);
    }
    return events;
  }
}
