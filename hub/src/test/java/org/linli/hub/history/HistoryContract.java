package org.linli.hub.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.Value;
import org.linli.event.Values;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.TestCommunities;

/** What every store promises. Each test works on a store that is empty. */
public interface HistoryContract {

  Instant NOON = Instant.parse("2026-11-23T04:00:00Z");

  HistoryStore store();

  /** What the store's clock says. */
  Instant storedAt();

  @Test
  default void givesAnEventBackAsItWasApplied() {
    Happened event =
        Happened.door("door-1", NOON.plusMillis(123))
            .as(Kind.PARKING, "plate.read")
            .order(4711)
            .from("gateway-2", 3)
            .comingLate()
            .deviceSaid(Instant.parse("2031-01-01T00:00:00.001Z"))
            .with("whole", new Value.Whole(95))
            .with("real", 95.0)
            .with("small", 1.0e-7)
            .with("huge", new Value.Whole(Long.MAX_VALUE))
            .with("open", new Value.Truth(true))
            .with("shut", new Value.Truth(false))
            .with("plate", new Value.Text("甘B·12345 \"a\\b\", c=d\n\ttab 🚗"))
            .with("empty", new Value.Text(""));

    append(event);

    assertThat(eventually(EventQuery.newest(10), 1))
        .containsExactly(
            new StoredEvent(
                "~gateway-2~3~door-1~4711",
                TestCommunities.SAMPLE,
                new DeviceId("door-1"),
                event.asApplied().gateway(),
                3,
                Kind.PARKING,
                new EventType("plate.read"),
                Lane.BULK,
                4711,
                NOON.plusMillis(123),
                Instant.parse("2031-01-01T00:00:00.001Z"),
                NOON.plusMillis(130),
                NOON.plusMillis(163),
                storedAt(),
                true,
                new Values(event.values())));
  }

  @Test
  default void keepsWhatHasNoValuesAndNoDeviceTime() {
    append(Happened.door("door-1", NOON));

    StoredEvent found = eventually(EventQuery.newest(10), 1).getFirst();

    assertThat(found.deviceTime()).isNull();
    assertThat(found.values()).isEqualTo(Values.NONE);
    assertThat(found.late()).isFalse();
  }

  @Test
  default void changesNothingWhenABatchComesAgain() {
    Happened[] batch =
        IntStream.rangeClosed(1, 50)
            .mapToObj(
                i -> Happened.door("door-" + i % 7, NOON.plusMillis(i / 3)).order(i).with("n", i))
            .toArray(Happened[]::new);
    append(batch);
    List<StoredEvent> once = eventually(EventQuery.newest(100), 50);

    append(batch);
    append(Happened.door("marker", NOON.plusSeconds(9)));

    List<StoredEvent> again = eventually(EventQuery.newest(100), 51);
    assertThat(again.subList(1, 51)).isEqualTo(once);
    assertThat(series("door-1", "n", NOON, NOON.plusSeconds(1), 1, 8)).hasSize(1);
  }

  @Test
  default void keepsTwoEventsOfOneDeviceInOneMillisecondApart() {
    append(
        Happened.door("door-1", NOON).order(1).with("t", 20),
        Happened.door("door-1", NOON).order(2).with("t", 22));
    append(Happened.door("door-1", NOON).order(3).with("t", 24));
    append(Happened.door("door-1", NOON).order(1001).with("x", 1).from("gateway-1", 2));

    assertThat(eventually(EventQuery.newest(10), 4))
        .extracting(StoredEvent::order)
        .containsExactly(1001L, 3L, 2L, 1L);
    assertThat(series("door-1", "t", NOON, NOON.plusMillis(1), 1, 3))
        .containsExactly(new SeriesPoint(NOON, 20, 24, 22, 24, 3));
  }

  @Test
  default void keepsLateAndEarlyTimesInTheirOrder() {
    Instant longAgo = NOON.minus(Duration.ofDays(35));
    Instant ahead = NOON.plus(Duration.ofMinutes(5));
    append(Happened.door("door-1", NOON).order(1).with("t", 1));
    append(Happened.door("door-1", ahead).order(2).with("t", 2));
    append(Happened.door("door-1", longAgo).order(3).comingLate().with("t", 3));
    append(
        Happened.door("door-1", NOON.minus(Duration.ofDays(1))).order(4).comingLate().with("t", 4));
    append(Happened.door("door-1", Instant.parse("1970-01-01T00:00:08Z")).order(5).with("t", 5));

    assertThat(eventually(EventQuery.newest(10), 5))
        .extracting(StoredEvent::order)
        .containsExactly(2L, 1L, 4L, 3L, 5L);
    assertThat(series("door-1", "t", longAgo, ahead.plusMillis(1), 36, 4))
        .extracting(SeriesPoint::last)
        .containsExactly(3.0, 4.0, 2.0);
  }

  @Test
  default void narrowsByEveryFilter() {
    append(
        Happened.door("door-1", NOON).as(Kind.ACCESS, "door.opened"),
        Happened.door("door-1", NOON.plusSeconds(1)).order(2).as(Kind.ACCESS, "door.closed"),
        Happened.door("camera-1", NOON.plusSeconds(2)).as(Kind.CAMERA, "fire.seen"),
        Happened.door("camera-2", NOON.plusSeconds(3)).as(Kind.CAMERA, "fire.seen"));
    eventually(EventQuery.newest(10), 4);
    DeviceId door = new DeviceId("door-1");

    assertThat(types(new EventQuery(null, door, null, null, null, null, 9, null)))
        .containsExactly("door.closed", "door.opened");
    assertThat(types(new EventQuery(null, null, Kind.CAMERA, null, null, null, 9, null)))
        .containsExactly("fire.seen", "fire.seen");
    assertThat(
            types(
                new EventQuery(
                    null, null, null, new EventType("door.opened"), null, null, 9, null)))
        .containsExactly("door.opened");
    assertThat(
            types(
                new EventQuery(
                    null, null, null, null, NOON.plusSeconds(1), NOON.plusSeconds(2), 9, null)))
        .containsExactly("door.closed");
    assertThat(
            types(
                new EventQuery(
                    null,
                    new DeviceId("camera-2"),
                    Kind.CAMERA,
                    new EventType("fire.seen"),
                    NOON,
                    NOON.plusSeconds(9),
                    9,
                    null)))
        .containsExactly("fire.seen");
    assertThat(types(new EventQuery(null, door, Kind.CAMERA, null, null, null, 9, null))).isEmpty();
  }

  /** Their doors have one name, and report in the same millisecond, with the same number. */
  @Test
  default void keepsCommunitiesApart() {
    CommunityId west = new CommunityId("w_st");
    Happened door = Happened.door("door-1", NOON).with("t", 1);
    store()
        .append(
            List.of(
                door.asApplied(),
                door.from("gateway-2", 1).as(Kind.ACCESS, "door.closed").asAppliedIn(west),
                Happened.door("door-2", NOON).with("t", 7).asApplied(),
                // A pattern that takes the underscore for any letter would find it.
                door.from("gateway-3", 1)
                    .as(Kind.ACCESS, "door.forced")
                    .asAppliedIn(new CommunityId("west"))));

    assertThat(eventually(EventQuery.newest(10), 4))
        .extracting(event -> event.community() + "/" + event.device() + " " + event.gateway())
        .containsExactlyInAnyOrder(
            "xiongguan/door-1 gateway-1",
            "w_st/door-1 gateway-2",
            "xiongguan/door-2 gateway-1",
            "west/door-1 gateway-3");
    assertThat(types(EventQuery.newest(10).in(west))).containsExactly("door.closed");
    assertThat(types(EventQuery.newest(10).in(west).of(new DeviceId("door-1"))))
        .containsExactly("door.closed");
    assertThat(types(EventQuery.newest(10).in(west).of(new DeviceId("door-2")))).isEmpty();
    assertThat(types(EventQuery.newest(10).in(TestCommunities.SAMPLE)))
        .containsExactly("door.opened", "door.opened");
    assertThat(types(EventQuery.newest(10).of(new DeviceId("door-1"))))
        .containsExactly("door.opened", "door.closed", "door.forced");
    assertThat(series("door-1", "t", NOON, NOON.plusMillis(1), 1, 1)).hasSize(1);
    assertThat(store().metrics(new DeviceKey(west, new DeviceId("door-1")))).containsExactly("t");
    assertThat(store().metrics(new DeviceKey(west, new DeviceId("door-2")))).isEmpty();
  }

  @Test
  default void readsOnFromACursorThoughNewEventsArrive() {
    List<Happened> events =
        new ArrayList<>(
            IntStream.rangeClosed(1, 60)
                .mapToObj(i -> Happened.door("door-" + i % 5, NOON.plusMillis(i / 20)).order(i))
                .toList());
    Collections.shuffle(events, new Random(1));
    append(events.toArray(Happened[]::new));
    eventually(EventQuery.newest(100), 60);

    List<String> read = new ArrayList<>();
    EventQuery query = EventQuery.newest(7);
    @Nullable EventCursor next = null;
    int pages = 0;
    do {
      EventPage page = store().find(next == null ? query : query.after(next));
      page.items().stream().map(StoredEvent::id).forEach(read::add);
      next = page.next() == null ? null : EventCursor.parse(page.next().text()).orElseThrow();
      pages++;
      append(Happened.door("newcomer", NOON.plusSeconds(pages)).order(pages));
      eventually(
          new EventQuery(null, new DeviceId("newcomer"), null, null, null, null, 99, null), pages);
    } while (next != null);

    assertThat(pages).isEqualTo(9);
    Set<String> expected = new HashSet<>();
    events.forEach(event -> expected.add(event.asApplied().id()));
    assertThat(read).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  default void saysThatTheLastPageIsTheLast() {
    append(Happened.door("door-1", NOON), Happened.door("door-2", NOON));
    eventually(EventQuery.newest(10), 2);

    assertThat(store().find(EventQuery.newest(2)).next()).isNull();
    assertThat(store().find(EventQuery.newest(1)).next()).isNotNull();
  }

  @Test
  default void downsamplesToAtMostTheWantedPoints() {
    Happened[] readings =
        IntStream.range(0, 600)
            .mapToObj(
                i -> Happened.door("meter-1", NOON.plusSeconds(i)).order(i + 1L).with("w", i % 60))
            .toArray(Happened[]::new);
    append(readings);
    List<SeriesPoint> points = series("meter-1", "w", NOON, NOON.plusSeconds(600), 10, 600);

    assertThat(points).hasSize(10);
    assertThat(points.get(3))
        .isEqualTo(new SeriesPoint(NOON.plusSeconds(180), 0, 59, 29.5, 59, 60));
    assertThat(series("meter-1", "w", NOON, NOON.plusSeconds(599), 7, 599))
        .hasSizeLessThanOrEqualTo(7);
  }

  @Test
  default void keepsBooleansAsNumbersAndTextOutOfTheSeries() {
    append(
        Happened.door("door-1", NOON)
            .with("open", new Value.Truth(true))
            .with("seconds", new Value.Whole(95))
            .with("by", new Value.Text("card 7")));
    append(
        Happened.door("door-1", NOON.plusSeconds(30))
            .order(2)
            .with("open", new Value.Truth(false)));

    assertThat(series("door-1", "open", NOON, NOON.plusSeconds(60), 1, 2))
        .containsExactly(new SeriesPoint(NOON, 0, 1, 0.5, 0, 2));
    assertThat(store().metrics(key("door-1"))).containsExactly("open", "seconds");
    assertThat(store().metrics(key("door-2"))).isEmpty();
  }

  @Test
  default void takesNamesAsTheyAre() {
    String hostile = "x' OR '1'='1";
    Happened event = Happened.door("门:1@b_2.c-3", NOON).with("温度.a:b-c_d", 21.5);
    append(event, Happened.door("door-2", NOON).with("t", 1));
    eventually(EventQuery.newest(10), 2);
    DeviceId device = new DeviceId("门:1@b_2.c-3");

    assertThat(store().find(EventQuery.newest(9).of(device)).items()).hasSize(1);
    assertThat(series(device.value(), "温度.a:b-c_d", NOON, NOON.plusMillis(1), 5, 1)).hasSize(1);
    assertThat(store().metrics(key(device.value()))).containsExactly("温度.a:b-c_d");
    assertThat(series("door-2", "t", NOON, NOON.plusMillis(1), 5, 1)).hasSize(1);
    for (String metric :
        List.of(hostile, "t\\", "t\" or true", "$1", "t'; drop table events; --")) {
      assertThat(
              store().series(new SeriesQuery(key("door-2"), metric, NOON, NOON.plusMillis(1), 5)))
          .as(metric)
          .isEmpty();
    }
    assertThat(store().find(EventQuery.newest(9)).items()).hasSize(2);
  }

  @Test
  default void keepsFarEventsOfOneMillisecondApart() {
    List<HubEvent> events = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      events.add(
          Happened.door("door-1", Instant.EPOCH)
              .order(7 + 1_000L * i)
              .with("t", i)
              .asAppliedAt(NOON));
    }
    store().append(events);

    eventually(EventQuery.newest(10), 5);
    assertThat(series("door-1", "t", Instant.EPOCH, Instant.EPOCH.plusMillis(1), 1, 5)).hasSize(1);
  }

  @Test
  default void findsTimesFarFromTheHubsByThemselves() {
    List<HubEvent> events = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Instant time = Instant.parse("0001-03-01T00:00:00.001Z").plus(Duration.ofDays(60_000L * i));
      events.add(Happened.door("door-1", time).order(i + 1L).with("t", i).asAppliedAt(NOON));
    }
    events.add(Happened.door("door-1", NOON).order(61).with("t", 60).asAppliedAt(NOON));
    events.add(Happened.door("door-1", NOON).order(62).with("t", 61).asAppliedAt(NOON));
    store().append(events);
    store().append(events);
    List<Instant> times = new ArrayList<>(events.stream().map(HistoryContract::timeOf).toList());
    times.sort(Collections.reverseOrder());
    eventually(EventQuery.newest(100), 62);

    List<Instant> read = new ArrayList<>();
    EventQuery query = EventQuery.newest(7);
    EventCursor next;
    do {
      EventPage page = store().find(query);
      page.items().forEach(event -> read.add(event.time()));
      next = page.next();
      if (next != null) {
        query = query.after(next);
      }
    } while (next != null);
    assertThat(read).isEqualTo(times);
    Instant from = times.get(50);
    Instant to = times.get(20);
    assertThat(store().find(new EventQuery(null, null, null, null, from, to, 100, null)).items())
        .extracting(StoredEvent::time)
        .isEqualTo(times.subList(21, 51));
    assertThat(series("door-1", "t", from, to, 3, 30)).hasSizeBetween(1, 3);
  }

  private static Instant timeOf(HubEvent event) {
    return event.taken().event().time();
  }

  private void append(Happened... events) {
    store().append(Stream.of(events).map(Happened::asApplied).toList());
  }

  private static DeviceKey key(String device) {
    return new DeviceKey(TestCommunities.SAMPLE, new DeviceId(device));
  }

  /** The first page once it has as many events as it should: stores show rows a moment late. */
  private List<StoredEvent> eventually(EventQuery query, int count) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(() -> assertThat(store().find(query).items()).hasSize(count));
    return store().find(query).items();
  }

  private List<String> types(EventQuery query) {
    return store().find(query).items().stream().map(event -> event.type().value()).toList();
  }

  /** The points once they hold as many readings as they should. */
  private List<SeriesPoint> series(
      String device, String metric, Instant from, Instant to, int points, long readings) {
    SeriesQuery query = new SeriesQuery(key(device), metric, from, to, points);
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(
            () ->
                assertThat(store().series(query).stream().mapToLong(SeriesPoint::count).sum())
                    .isEqualTo(readings));
    return store().series(query);
  }
}
