package org.linli.hub.history.questdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.DeviceId;
import org.linli.hub.history.EventCursor;
import org.linli.hub.history.EventPage;
import org.linli.hub.history.EventQuery;
import org.linli.hub.history.Happened;
import org.linli.hub.history.HistoryContract;
import org.linli.hub.history.HistoryStore;
import org.linli.hub.history.SeriesPoint;
import org.linli.hub.history.SeriesQuery;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.TestCommunities;
import org.linli.program.thread.LivingThreads;

class QuestDbStoreTest implements HistoryContract {

  private static final Instant STORED_AT = HistoryContract.NOON.plusMillis(50);

  private final MeterRegistry meters = new SimpleMeterRegistry();
  private QuestDbStore store;
  private Path folder;

  @BeforeEach
  void open(@TempDir Path folder) {
    this.folder = folder;
    store =
        QuestDbStore.open(
            folder,
            InstantSource.fixed(STORED_AT),
            meters,
            new LivingThreads(InstantSource.system()));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  public HistoryStore store() {
    return store;
  }

  @Override
  public Instant storedAt() {
    return STORED_AT;
  }

  /** Two thousand days of times in one batch, as a hostile gateway may invent. */
  @Test
  void makesFewPartsOfManyInventedDays() throws IOException {
    List<HubEvent> batch = new ArrayList<>();
    for (int day = 0; day < 2_000; day++) {
      HubEvent event =
          Happened.door("door-1", Instant.EPOCH.plus(Duration.ofDays(day + 1L)))
              .order(day + 1L)
              .with("t", day)
              .asApplied();
      batch.add(
          new HubEvent(
              event.community(),
              event.id(),
              event.gateway(),
              1,
              event.lane(),
              event.taken(),
              NOON,
              event.late()));
    }
    store.append(batch);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> store.find(EventQuery.newest(1000)).items().size() == 1000);

    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all.filter(Files::isDirectory)).hasSizeLessThan(100);
    }
  }

  private List<HubEvent> crowd(String device, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> Happened.door(device, NOON).order(i).with("t", i).asApplied())
        .toList();
  }

  private double overwritten() {
    return meters.get("linli.history.readings.overwritten").counter().count();
  }

  private long counted(String device) {
    return store
        .series(
            new SeriesQuery(
                new DeviceKey(TestCommunities.SAMPLE, new DeviceId(device)),
                "t",
                NOON.minusSeconds(1),
                NOON.plusSeconds(1),
                1))
        .stream()
        .mapToLong(SeriesPoint::count)
        .sum();
  }

  /** As of a device whose clock stands still. */
  @Test
  void saysHowManyReadingsOfOneMillisecondOverwriteOthersAndKeepsAllEvents() {
    store.append(List.of(Happened.door("door-2", NOON).order(1).with("t", 1).asApplied()));
    store.append(crowd("door-1", 1, 1_001));
    assertThat(overwritten()).isZero();

    store.append(crowd("door-1", 1_001, 1_201));
    store.append(crowd("door-1", 1_201, 1_301));
    store.append(crowd("door-1", 1_201, 1_301));

    assertThat(overwritten()).as("also where they come again").isEqualTo(300);
    await().atMost(Duration.ofMinutes(1)).until(() -> events("door-1") == 1_300);
    await().atMost(Duration.ofMinutes(1)).until(() -> counted("door-1") == 1_000);
    assertThat(counted("door-2")).as("of others").isEqualTo(1);
  }

  private int events(String device) {
    int found = 0;
    @Nullable EventCursor after = null;
    do {
      EventPage page =
          store.find(
              new EventQuery(null, new DeviceId(device), null, null, null, null, 1_000, after));
      found += page.items().size();
      after = page.next();
    } while (after != null);
    return found;
  }
}
