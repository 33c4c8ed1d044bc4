package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.outbox.sqlite.Offered.bulk;
import static org.linli.edge.outbox.sqlite.Offered.measurement;
import static org.linli.edge.outbox.sqlite.Offered.padded;
import static org.linli.edge.outbox.sqlite.Offered.urgent;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.outbox.Ledger;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.edge.profile.KnownDevices;
import org.linli.event.Batch;
import org.linli.event.DeviceEvent;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.ShedRange;
import org.linli.event.codec.BatchCodec;
import org.springframework.util.unit.DataSize;

/** Somebody who invents names of devices, the longest that there are, uses up no room of others. */
class InventedNamesTest {

  private static final int AT_ONCE = 1_000;
  private static final int NAMES = 60_000;

  /** Whatever speaks is registered, so that what is remembered of devices can use up the quota. */
  private static final KnownDevices ALL_REGISTERED =
      new FixedRegistry(_ -> true, Kind.ACCESS, AT_ONCE);

  @TempDir private Path folder;

  /** 128 letters, three bytes each, and no two of them alike. */
  private static String invented(int number) {
    return ("%06d".formatted(number) + "邻".repeat(122));
  }

  private static DeviceEvent[] measurements(int first, int count) {
    DeviceEvent[] events = new DeviceEvent[count];
    for (int i = 0; i < count; i++) {
      events[i] = measurement(invented(first + i), null);
    }
    return events;
  }

  /**
   * @param rowsStay whether each row keeps another event, so that no two of them become one
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatTheyLostIsDeclaredInBatchesThatCanTravel(boolean rowsStay) {
    OutboxSettings shortLived =
        OpenedOutbox.small(
            DataSize.ofGigabytes(1), Duration.ofMinutes(90), DataSize.ofKilobytes(64));
    try (OpenedOutbox opened = new OpenedOutbox(folder, shortLived)) {
      for (int first = 0; first < NAMES; first += AT_ONCE) {
        List<DeviceEvent> events = new ArrayList<>(List.of(measurements(first, AT_ONCE - 1)));
        events.add(rowsStay ? bulk("lift-1", null) : measurement(invented(first + 999), null));
        assertThat(opened.offer(events.toArray(DeviceEvent[]::new))).isEqualTo("taken");
      }
      opened.offer(urgent("lift-1", null));
      // An age mark each minute; what is older is given up, other events of bulk rows as well.
      long others = rowsStay ? NAMES / AT_ONCE : 0;
      for (int minutes = 0; shed(opened) < NAMES - others; minutes++) {
        assertThat(minutes).as("minutes").isLessThan(300);
        opened.now.updateAndGet(now -> now.plusSeconds(60));
        opened.offer(bulk("lift-2", null));
      }
      opened.outbox().settle(Map.of());

      long declared = 0;
      long after = 0;
      for (Optional<Batch> next = opened.outbox().next(Lane.BULK, after, 500);
          next.isPresent();
          next = opened.outbox().next(Lane.BULK, after, 500)) {
        Batch batch = next.get();
        assertThat(BatchCodec.encode(batch)).hasSizeLessThan(BatchCodec.MAX_UNPACKED_BYTES);
        declared += batch.shed().stream().mapToLong(ShedRange::events).sum();
        assertThat(batch.first()).isEqualTo(after + 1);
        after = batch.last();
      }
      assertThat(declared).isEqualTo(shed(opened)).isGreaterThanOrEqualTo(NAMES - others);
    }
  }

  private static long sequence(OpenedOutbox opened) {
    Ledger.LaneFigures bulk = opened.outbox().ledger().lanes().get(Lane.BULK);
    return bulk == null ? 0 : bulk.sequence();
  }

  private static long shed(OpenedOutbox opened) {
    Ledger.LaneFigures bulk = opened.outbox().ledger().lanes().get(Lane.BULK);
    return bulk == null ? 0 : bulk.shed();
  }

  @Test
  void noMoreOfThemAreRememberedThanTheQuotaHasRoomFor() {
    OutboxSettings small =
        OpenedOutbox.small(DataSize.ofMegabytes(8), Duration.ofDays(1), DataSize.ofKilobytes(64));
    try (OpenedOutbox opened = new OpenedOutbox(folder, small)) {
      opened.outbox().settle(Map.of());
      for (int round = 0; round < 30; round++) {
        assertThat(opened.offer(measurements(round * 100, 100))).isEqualTo("taken");
        opened.outbox().receipted(Lane.BULK, sequence(opened));
        opened.offer(bulk("lift-1", null));
      }
      assertThat(opened.number("SELECT count(*) FROM device"))
          .isLessThanOrEqualTo(small.rememberedUnregistered());
      assertThat(opened.outbox().ledger().balances()).isTrue();
    }
  }

  @Test
  void whatWasAcknowledgedUrgentIsKeptAndTheFileStaysWithinTheQuotaWhileTheHubIsAway()
      throws Exception {
    DataSize quota = DataSize.ofMegabytes(8);
    OutboxSettings small = OpenedOutbox.small(quota, Duration.ofDays(1), DataSize.ofKilobytes(64));
    try (OpenedOutbox opened = new OpenedOutbox(folder, small)) {
      List<String> kept = new ArrayList<>();
      long largest = 0;
      for (int round = 0; round < 30; round++) {
        opened.offer(measurements(round * AT_ONCE, AT_ONCE));
        String id = "forced-" + round;
        if (opened.offer(urgent("door-1", id)).equals("taken")) {
          kept.add(id);
        }
        largest =
            Math.max(
                largest,
                Files.size(folder.resolve("outbox.db"))
                    + Files.size(folder.resolve("outbox.db-wal")));
      }
      assertThat(kept).hasSize(30);
      assertThat(OpenedOutbox.ids(opened.waiting(Lane.URGENT))).containsExactlyElementsOf(kept);
      assertThat(largest).isLessThanOrEqualTo(quota.toBytes());
    }
  }

  @Test
  void anUrgentEventForWhichThereIsNoRoomIsRefusedAndNotGivenUp() {
    OutboxSettings tiny =
        OpenedOutbox.small(DataSize.ofKilobytes(512), Duration.ofDays(1), DataSize.ofKilobytes(64));
    try (OpenedOutbox opened = new OpenedOutbox(folder, tiny, ALL_REGISTERED, System::nanoTime)) {
      opened.offer(bulk("door-1", null));
      for (int round = 0; round < 10; round++) {
        opened.offer(measurements(round * 100, 100));
      }
      List<String> kept = new ArrayList<>();
      List<String> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String id = "forced-" + i;
        String answer = opened.offer(padded(urgent("door-1", id), 4));
        answers.add(answer);
        if (answer.equals("taken")) {
          kept.add(id);
        }
      }
      assertThat(answers.getLast())
          .startsWith("unavailable: there is no room for events: the quota (linli.outbox.quota");
      assertThat(OpenedOutbox.ids(opened.waiting(Lane.URGENT))).containsExactlyElementsOf(kept);
      assertThat(opened.outbox().ledger().balances()).isTrue();
    }
  }
}
