package org.linli.hub.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.DeviceId;
import org.linli.event.Value;
import org.linli.hub.history.questdb.QuestDbStore;
import org.linli.hub.journal.HistoryParts;
import org.linli.hub.journal.HistoryShortened;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.journal.PartsOnRecords;
import org.linli.hub.records.TestRecords;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.TestCommunities;
import org.linli.program.thread.LivingThreads;

/** What is too old, or too much, goes from the embedded history, and nothing else. */
class HistoryRetentionTest {

  private static final Instant NOON = Instant.parse("2026-11-23T04:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration AGE = Duration.ofDays(10);
  private static final DeviceId DOOR = new DeviceId("door-1");
  private static final DeviceKey DOOR_KEY = new DeviceKey(TestCommunities.SAMPLE, DOOR);
  private static final int MANY = 2_000;

  @TempDir private Path folder;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<Object> published = new ArrayList<>();
  private final Random random = new Random(7);
  private Instant now = NOON;
  private TestRecords records;
  private HistoryParts parts;
  private QuestDbStore store;
  private long row;
  private long order;

  @BeforeEach
  void open() {
    records = new TestRecords(folder.resolve("hub"));
    begin(folder.resolve("questdb"));
  }

  private void begin(Path at) {
    InstantSource clock = () -> now;
    parts = PartsOnRecords.of(records, AGE);
    store =
        QuestDbStore.open(
            at,
            BoundedNames.ofNobody(clock, new SimpleMeterRegistry()),
            parts::writing,
            clock,
            new SimpleMeterRegistry(),
            new LivingThreads(clock));
  }

  @AfterEach
  void close() {
    store.close();
    records.close();
  }

  private HistoryRetention retention(long limit) {
    return new HistoryRetention(
        store, parts, limit, () -> now, meters, published::add, new LivingThreads(() -> now));
  }

  /** Looks until what went is gone. */
  private void look(long limit) {
    HistoryRetention retention = retention(limit);
    await().until(() -> !store.parts().isEmpty());
    retention.look();
    await().until(() -> store.visibility().waiting() == 0);
  }

  private void look() {
    look(Long.MAX_VALUE);
  }

  /** The hub's clock goes on too. */
  private void pass(Duration time) {
    records.runs(time);
    now = now.plus(time);
  }

  private HubEvent event(Instant time, Instant receivedAt) {
    order++;
    HubEvent event =
        Happened.door(DOOR.value(), time)
            .order(order)
            .with("t", order)
            .with("text", new Value.Text(Long.toString(random.nextLong())))
            .asApplied();
    return new HubEvent(
        event.community(),
        event.id(),
        event.gateway(),
        1,
        event.lane(),
        event.taken(),
        receivedAt,
        event.late());
  }

  private void give(List<HubEvent> events, long inRow) {
    store.append(events, inRow);
    PartsOnRecords.carried(records, Math.max(row, inRow));
    row = Math.max(row, inRow);
    await().until(() -> store.visibility().waiting() == 0);
  }

  private void happens(Instant time) {
    give(List.of(event(time, now)), row + 1);
  }

  private void happensOften(Instant time) {
    List<HubEvent> events = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      events.add(event(time.plusMillis(i), now));
    }
    give(events, row + 1);
  }

  private List<Instant> found() {
    List<Instant> found = new ArrayList<>();
    EventQuery query = EventQuery.newest(1_000);
    EventPage page = store.find(query);
    found.addAll(page.items().stream().map(StoredEvent::time).toList());
    while (page.next() != null) {
      page = store.find(query.after(page.next()));
      found.addAll(page.items().stream().map(StoredEvent::time).toList());
    }
    return found;
  }

  private long readings() {
    Instant first = Instant.parse("1000-01-01T00:00:00Z");
    return store
        .series(new SeriesQuery(DOOR_KEY, "t", first, Instant.parse("3000-01-01T00:00:00Z"), 1))
        .stream()
        .mapToLong(SeriesPoint::count)
        .sum();
  }

  private double dropped(String by) {
    return meters.counter("linli.history.dropped.events", "by", by).count();
  }

  @Test
  void dropsTheDaysThatAreOlderThanTheyAreToBe() throws IOException {
    happens(NOON);
    happens(NOON.plusSeconds(1));
    look();
    pass(AGE.minusSeconds(1));
    happens(now);
    look();
    assertThat(found()).hasSize(3);

    pass(Duration.ofHours(3));
    happens(now);
    look();

    assertThat(found()).hasSize(2).doesNotContain(NOON);
    assertThat(readings()).isEqualTo(2);
    assertThat(dropped("age")).isEqualTo(2);
    assertThat(parts.wholeFrom()).isEqualTo(Instant.parse("2026-11-24T00:00:00Z"));
    assertThat(published).isEmpty();
    await().untilAsserted(() -> assertThat(foldersOf("2026-11-23")).isEmpty());
    assertThat(foldersOf("2026-12-03")).isNotEmpty();
  }

  private List<Path> foldersOf(String day) throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("questdb"), 2)) {
      return all.filter(path -> path.getFileName().toString().startsWith(day)).toList();
    }
  }

  @Test
  void dropsNothingWhereTheClockJumps() {
    happens(NOON);
    look();
    now = now.plus(Duration.ofDays(40 * 365));
    happens(now);
    look();
    now = NOON.minus(Duration.ofDays(40 * 365));
    happens(now);
    look();
    records.runs(AGE.minusHours(3));
    look();

    assertThat(found()).hasSize(3);
    assertThat(parts.wholeFrom()).isNull();
  }

  /** It would have happened for a thousand years, by its own time. */
  @Test
  void dropsWhatHappenedFarFromThenByWhenItCame() {
    Instant far = Instant.parse("2000-01-01T00:00:00Z");
    happens(far);
    happens(far.plusSeconds(1));
    look();
    pass(AGE.multipliedBy(2));
    happens(far.plusSeconds(2));
    look();
    assertThat(found()).containsExactly(far.plusSeconds(2));
    assertThat(readings()).isEqualTo(1);
    assertThat(parts.wholeFrom()).as("says nothing of days").isNull();
  }

  @Test
  void findsFarTimesOfAllPeriodsInTheirOrder() {
    Instant far = Instant.parse("2000-01-01T00:00:00Z");
    for (int i = 0; i < 5; i++) {
      happens(far.plusSeconds(7 * i % 5));
      now = now.plus(Duration.ofDays(21));
    }
    assertThat(found())
        .containsExactly(
            far.plusSeconds(4), far.plusSeconds(3), far.plusSeconds(2), far.plusSeconds(1), far);
    assertThat(store.series(new SeriesQuery(DOOR_KEY, "t", far, far.plusSeconds(5), 5))).hasSize(5);
    assertThat(
            store.find(new EventQuery(null, DOOR, null, null, far.plusSeconds(2), null, 10, null)))
        .extracting(page -> page.items().size())
        .isEqualTo(3);
  }

  @Test
  void keepsADayForAsLongAsTheYoungestEventInIt() {
    happens(NOON);
    look();
    pass(AGE.dividedBy(2));
    happens(NOON.plusSeconds(1));
    look();
    pass(AGE.dividedBy(2).plusHours(3));
    look();
    assertThat(found()).hasSize(2);

    pass(AGE.dividedBy(2));
    look();
    assertThat(found()).isEmpty();
  }

  @Test
  void countsOnWhereItWasAfterARestart() {
    happens(NOON);
    look();
    pass(AGE.dividedBy(2));
    look();
    store.close();
    begin(folder.resolve("questdb"));
    pass(AGE.dividedBy(2).plusHours(3));
    happens(now);
    look();
    assertThat(found()).containsExactly(now);
  }

  /** As a history that was built anew is given everything again. */
  @Test
  void dropsAgainWhatIsGivenAgain() {
    HubEvent old = event(NOON, NOON);
    give(List.of(old), 1);
    look();
    pass(AGE.plusHours(3));
    happens(now);
    look();
    store.close();

    begin(folder.resolve("another"));
    give(List.of(old), 1);
    happens(now);
    assertThat(found()).hasSize(2);
    look();
    assertThat(found()).containsExactly(now);
  }

  @Test
  void countsFromNowOnWhatAnEarlierVersionLeft() {
    happens(NOON);
    records.client().sql("DELETE FROM history_part").update();
    store.close();
    begin(folder.resolve("questdb"));
    look();
    pass(AGE.minusHours(3));
    look();
    assertThat(found()).hasSize(1);
    pass(Duration.ofHours(6));
    look();
    assertThat(found()).isEmpty();
  }

  private void fiveDays() {
    for (int day = 0; day < 5; day++) {
      happensOften(now);
      look();
      pass(DAY.plusHours(1));
    }
  }

  private long bytes() {
    return store.parts().stream().mapToLong(StoredPart::bytes).sum();
  }

  private long bytesOf(String part) {
    return store.parts().stream()
        .filter(stored -> stored.part().name().equals(part))
        .mapToLong(StoredPart::bytes)
        .sum();
  }

  @Test
  void dropsTheOldestDaysBeyondItsLimitAndSaysSo() {
    fiveDays();
    // The first day alone does not make room enough.
    long limit = bytes() - bytesOf("2026-11-23") - 1;
    look(limit);

    assertThat(found()).hasSize(3 * MANY).allMatch(time -> time.isAfter(NOON.plus(DAY)));
    assertThat(readings()).isEqualTo(3L * MANY);
    await().until(() -> !store.parts().isEmpty());
    assertThat(bytes()).isLessThanOrEqualTo(limit);
    assertThat(dropped("limit")).isEqualTo(2 * MANY);
    assertThat(published)
        .containsExactly(
            new HistoryShortened(2 * MANY, limit, Instant.parse("2026-11-25T00:00:00Z"), now));
    look(limit);
    assertThat(published).as("nothing more is to go").hasSize(1);
  }

  @Test
  void neverDropsForItsLimitWhatBeganWithinADay() {
    fiveDays();
    happensOften(now);
    look(1);
    assertThat(found()).hasSize(MANY);
    look(1);
    assertThat(found()).hasSize(MANY);

    pass(DAY.plusHours(1));
    happens(now);
    look(1);
    assertThat(found()).containsExactly(now);
  }

  /** A flood of invented times is one part, which goes by its own age. */
  @Test
  void dropsAFloodOfInventedTimesBeforeWhatCameLater() {
    for (int i = 0; i < 5; i++) {
      happensOften(Instant.parse("2000-01-01T00:00:00Z").plusSeconds(i * 10L));
    }
    look();
    pass(DAY.plusHours(1));
    happens(now);
    look();
    pass(DAY.plusHours(1));
    happens(now);
    look(bytes() - 1);
    assertThat(found()).hasSize(2);
  }

  @Test
  void answersWhatThereIsForATimeBeforeThat() {
    happens(NOON);
    Instant gone = NOON;
    EventCursor cursor = EventCursor.at(store.find(EventQuery.newest(1)).items().getFirst());
    look();
    pass(AGE.plusHours(3));
    happens(now);
    look();

    assertThat(
            store
                .find(new EventQuery(null, DOOR, null, null, null, gone.plus(DAY), 10, null))
                .items())
        .isEmpty();
    assertThat(store.find(new EventQuery(null, DOOR, null, null, gone, null, 10, null)).items())
        .hasSize(1);
    assertThat(store.find(EventQuery.newest(10).after(cursor)))
        .isEqualTo(new EventPage(List.of(), null));
    assertThat(store.series(new SeriesQuery(DOOR_KEY, "t", gone, gone.plus(DAY), 10))).isEmpty();
    assertThat(store.metrics(DOOR_KEY)).containsExactly("t");
  }
}
