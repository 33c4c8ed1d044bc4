package org.linli.hub.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.DeviceId;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.Value;
import org.linli.hub.RunningHub;
import org.linli.hub.history.BoundedNames.Sort;
import org.linli.hub.history.questdb.QuestDbStore;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.journal.TooManyNames;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.TestCommunities;
import org.linli.program.thread.LivingThreads;

/** Names without end, as somebody may invent them. */
class InventedNamesTest {

  private static final Instant NOON = Instant.parse("2026-11-23T04:00:00Z");
  private static final int VALUES = 100;

  @TempDir private Path folder;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<TooManyNames> told = new ArrayList<>();

  private BoundedNames names(int most, int mostOfDevice) {
    return new BoundedNames(
        most,
        mostOfDevice,
        new StoredDevices(TestCommunities.SAMPLE),
        key -> key.device().value().startsWith("registered"),
        () -> 10,
        InstantSource.fixed(NOON),
        meters,
        told::add);
  }

  private static DeviceKey key(String device) {
    return new DeviceKey(TestCommunities.SAMPLE, new DeviceId(device));
  }

  private QuestDbStore open(Path at, BoundedNames names) {
    return QuestDbStore.open(
        at,
        names,
        PartNotes.NONE,
        InstantSource.fixed(NOON),
        meters,
        new LivingThreads(InstantSource.system()));
  }

  private static HubEvent event(
      String device, String type, Instant time, int number, Map<String, Value> values) {
    return new Happened(
            device, Kind.ENVIRONMENT, type, time, null, number, "gateway-1", 1, false, values)
        .asApplied();
  }

  private static HubEvent measurement(String device, int number) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (int i = 0; i < VALUES; i++) {
      values.put("m%07x".formatted(number * VALUES + i), new Value.Whole(i));
    }
    return event(device, "measurement", NOON.plusMillis(number), number, values);
  }

  private static void appendMeasurements(QuestDbStore store, String device, int number, int last) {
    List<HubEvent> events = new ArrayList<>();
    for (int i = number; i <= last; i++) {
      events.add(measurement(device, i));
      if (events.size() == 500 || i == last) {
        store.append(events);
        events.clear();
      }
    }
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              List<StoredEvent> newest =
                  store.find(EventQuery.newest(1).of(new DeviceId(device))).items();
              return !newest.isEmpty() && newest.getFirst().order() == last;
            });
  }

  @Test
  void holdsNoMoreOfHalfAMillionInventedMetrics() {
    try (QuestDbStore store = open(folder, names(10_000, 1_000))) {
      appendMeasurements(store, "sensor-1", 1, 1);
      appendMeasurements(store, "sensor-1", 2, 5_000);

      assertThat(store.metrics(key("sensor-1"))).hasSize(1_000);
      assertThat(store.find(EventQuery.newest(1)).items().getFirst().values().byName())
          .hasSize(VALUES);
      assertThat(told)
          .containsExactly(
              new TooManyNames(
                  Happened.door("sensor-1", NOON).asApplied().gateway(),
                  new DeviceId("sensor-1"),
                  NOON));
      assertThat(meters.counter("linli.history.values.without.series").count())
          .isEqualTo(5_000 * VALUES - 1_000);
      // Another device has its own, and what is known already costs nothing.
      store.append(List.of(measurement("registered-2", 6_000)));
      await().until(() -> store.metrics(key("registered-2")).size() == VALUES);
    }
  }

  @Test
  void findsEveryEventOfInventedDevicesAndTypes() {
    BoundedNames names = names(200, 1_000);
    List<HubEvent> events = new ArrayList<>();
    for (int i = 1; i <= 3_000; i++) {
      // All with one order number, and two of them in a millisecond.
      events.add(event("d-" + i, "t-" + i, NOON.plusMillis(i / 2), 1, Map.of()));
      events.add(event("far-" + i, "t-" + i, NOON.minusSeconds(9_000_000L * i), 1, Map.of()));
    }
    events.replaceAll(
        event ->
            new HubEvent(
                event.community(),
                event.id(),
                event.gateway(),
                1,
                event.lane(),
                event.taken(),
                NOON,
                event.late()));
    try (QuestDbStore store = open(folder, names)) {
      store.append(events);
      store.append(events);
      store.append(List.of(event("registered-1", "door.opened", NOON, 1, Map.of())));
      await().atMost(Duration.ofMinutes(1)).until(() -> all(store) == 6_001);
      assertThat(store.find(EventQuery.newest(10).of(new DeviceId("d-2999"))).items())
          .singleElement()
          .satisfies(event -> assertThat(event.type()).isEqualTo(new EventType("t-2999")));
      assertThat(store.find(EventQuery.newest(10).of(new DeviceId("far-2999"))).items()).hasSize(1);
      assertThat(store.find(EventQuery.newest(10).of(new DeviceId("d-1"))).items()).hasSize(1);
    }
    BoundedNames afterwards = names(200, 1_000);
    try (QuestDbStore store = open(folder, afterwards)) {
      assertThat(all(store)).isEqualTo(6_001);
      assertThat(afterwards.count(Sort.DEVICE)).isEqualTo(101);
      assertThat(afterwards.count(Sort.TYPE)).isEqualTo(101);
    }
  }

  private static int all(QuestDbStore store) {
    int found = 0;
    EventQuery query = EventQuery.newest(1_000);
    EventPage page = store.find(query);
    found += page.items().size();
    while (page.next() != null) {
      page = store.find(EventQuery.newest(1_000).after(page.next()));
      found += page.items().size();
    }
    return found;
  }

  @Test
  void doesNotOpenWhatWasFilledWithNamesBefore() {
    try (QuestDbStore store = open(folder, names(100_000, 100_000))) {
      appendMeasurements(store, "registered-1", 1, 10);
    }
    assertThatThrownBy(() -> open(folder, names(400, 1_000)))
        .isInstanceOf(OvergrownHistoryException.class)
        .hasMessage(
            "The table series of the history has 1000 names, which is more than the heap should"
                + " carry");
    open(folder, names(500, 1_000)).close();
  }

  @Test
  void aHubWhoseHistoryWasFilledStartsAgain() throws Exception {
    Path data = folder.resolve("hub");
    try (RunningHub hub = RunningHub.start(data)) {
      hub.gateway().reports("door-1", Kind.ACCESS, "door.opened");
      await().until(() -> hub.json("/api/v1/events?device=door-1").get("items").size() == 1);
    }
    int most = Math.toIntExact(Runtime.getRuntime().maxMemory() / 32 / 1024);
    try (QuestDbStore store = open(data.resolve("questdb"), names(10_000_000, 10_000_000))) {
      appendMeasurements(store, "registered-1", 1, 2 * most / VALUES + 50);
    }
    try (RunningHub hub = RunningHub.start(data)) {
      await().until(() -> hub.json("/api/v1/events?device=door-1").get("items").size() == 1);
      assertThat(hub.json("/api/v1/events?device=registered-1").get("items").size()).isZero();
      assertThat(data.resolve("questdb.aside")).isDirectory();
    }
  }
}
