package org.linli.hub.history.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.event.Value;
import org.linli.hub.history.BoundedNames;
import org.linli.hub.history.EventQuery;
import org.linli.hub.history.Happened;
import org.linli.hub.history.HistoryContract;
import org.linli.hub.history.HistoryStore;
import org.linli.hub.history.HistoryUnavailableException;
import org.linli.hub.history.PartNotes;
import org.linli.hub.history.SeriesPoint;
import org.linli.hub.history.SeriesQuery;
import org.linli.hub.history.StoredDevices;
import org.linli.hub.history.StoredEvent;
import org.linli.hub.history.StoredPart;
import org.linli.hub.journal.HistoryParts.Part;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.journal.StoreUnavailableException;
import org.linli.hub.records.PostgresServer;
import org.linli.hub.records.SharedConnections;
import org.linli.hub.records.TestDatabase;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.TestCommunities;

/** The history in a real PostgreSQL. */
class PostgresStoreTest implements HistoryContract {

  private static final Instant STORED_AT = NOON.plusMillis(50);

  private final PostgresServer server = TestDatabase.server();
  private final String database = "history_" + System.nanoTime();
  private final Set<Part> written = new HashSet<>();
  private SharedConnections shared;
  private PostgresStore store;

  @BeforeEach
  void open() {
    server.run("postgres", "CREATE DATABASE " + database);
    shared = TestDatabase.shared(server, database).connections();
    store = opened();
  }

  private PostgresStore opened() {
    return PostgresStore.open(
        shared,
        BoundedNames.ofNobody(InstantSource.fixed(STORED_AT), new SimpleMeterRegistry()),
        (parts, row) -> written.addAll(parts),
        InstantSource.fixed(STORED_AT),
        new SimpleMeterRegistry());
  }

  @AfterEach
  void close() {
    store.close();
    server.run("postgres", "DROP DATABASE %s WITH (FORCE)".formatted(database));
  }

  @Override
  public HistoryStore store() {
    return store;
  }

  @Override
  public Instant storedAt() {
    return STORED_AT;
  }

  private static HubEvent door(int day, long order) {
    return Happened.door("door-1", NOON.plus(Duration.ofDays(day))).order(order).asApplied();
  }

  private List<Long> orders() {
    return store.find(EventQuery.newest(100)).items().stream().map(StoredEvent::order).toList();
  }

  @Test
  void answersBeforeAnythingWasWritten() {
    assertThat(orders()).isEmpty();
    assertThat(store.parts()).isEmpty();
    DeviceKey key = new DeviceKey(TestCommunities.SAMPLE, new DeviceId("door-1"));
    assertThat(store.metrics(key)).isEmpty();
    assertThat(store.series(new SeriesQuery(key, "t", NOON, NOON.plusSeconds(1), 1))).isEmpty();
  }

  @Test
  void dropsADayAsAWhole() {
    store.append(
        List.of(
            door(0, 1),
            door(1, 2),
            door(2, 3),
            Happened.door("door-1", Instant.EPOCH).order(4).asAppliedAt(NOON)),
        9);
    assertThat(written)
        .extracting(Part::name)
        .contains("2026-11-23", "2026-11-24", "2026-11-25")
        .hasSize(4);
    List<StoredPart> parts = store.parts();
    assertThat(parts).extracting(StoredPart::part).containsExactlyInAnyOrderElementsOf(written);
    assertThat(parts).allSatisfy(part -> assertThat(part.bytes()).isPositive());

    List<StoredPart> gone =
        store.drop(parts, part -> part.far() || part.name().equals("2026-11-24"));

    assertThat(gone).hasSize(2);
    assertThat(orders()).containsExactly(3L, 1L);
    store.append(List.of(door(1, 5)), 10);
    assertThat(orders()).as("a day that was dropped may begin again").containsExactly(3L, 5L, 1L);
  }

  /** Another hub, or a person, may have dropped the day meanwhile. */
  @Test
  void makesADayAgainThatIsGone() {
    store.append(List.of(door(0, 1)), 1);
    server.run(database, "DROP TABLE event_history_20261123");
    assertThatThrownBy(() -> store.append(List.of(door(0, 2)), 2))
        .isInstanceOf(StoreUnavailableException.class);
    store.append(List.of(door(0, 2)), 2);
    assertThat(orders()).containsExactly(2L);
  }

  /** The id of the only community changed. */
  @Test
  void theHistoryFollowsACommunityThatHasAnotherId() {
    store.append(
        List.of(Happened.door("door-1", NOON).with("t", 1).asAppliedIn(TestCommunities.WEST)), 1);
    store.close();
    store = openedWith(TestCommunities.WEST);
    store.append(
        List.of(
            Happened.door("door-1", NOON).order(2).with("t", 2).asAppliedIn(TestCommunities.WEST)),
        2);
    store.close();
    store = openedWith(TestCommunities.EAST);
    DeviceKey renamed = new DeviceKey(TestCommunities.EAST, new DeviceId("door-1"));

    assertThat(store.find(EventQuery.newest(9).in(TestCommunities.EAST)).items())
        .extracting(StoredEvent::order)
        .containsExactly(2L);
    assertThat(store.find(EventQuery.newest(9)).items())
        .extracting(StoredEvent::community)
        .containsExactly(TestCommunities.EAST, TestCommunities.WEST);
    assertThat(store.metrics(renamed)).containsExactly("t");
    assertThat(store.series(new SeriesQuery(renamed, "t", NOON, NOON.plusSeconds(1), 1)))
        .extracting(SeriesPoint::last)
        .containsExactly(2.0);
  }

  private PostgresStore openedWith(CommunityId earlier) {
    return PostgresStore.open(
        shared,
        new BoundedNames(
            1_000,
            new StoredDevices(earlier),
            _ -> false,
            () -> 0,
            InstantSource.fixed(STORED_AT),
            new SimpleMeterRegistry(),
            _ -> {}),
        PartNotes.NONE,
        InstantSource.fixed(STORED_AT),
        new SimpleMeterRegistry());
  }

  @Test
  void twoHubsMayWriteTheSame() {
    try (PostgresStore other = opened()) {
      List<HubEvent> events = IntStream.rangeClosed(1, 50).mapToObj(i -> door(0, i)).toList();
      store.append(events, 1);
      other.append(events, 1);
      assertThat(orders()).hasSize(50).doesNotHaveDuplicates();
      assertThat(other.find(EventQuery.newest(100)).items()).hasSize(50);
    }
  }

  @Test
  void takesATextThatNoColumnTakesAndItsSeries() {
    Happened event =
        Happened.door("door-1", NOON)
            .with("by", new Value.Text("a\u0000b \ud83d\ude97"))
            .with("t", 21.5);
    store.append(List.of(event.asApplied()), 1);
    assertThat(store.find(EventQuery.newest(1)).items().getFirst().values().byName().get("by"))
        .isEqualTo(new Value.Text("a\u0000b \ud83d\ude97"));
    assertThat(
            store.series(
                new SeriesQuery(
                    new DeviceKey(TestCommunities.SAMPLE, new DeviceId("door-1")),
                    "t",
                    NOON,
                    NOON.plusSeconds(1),
                    1)))
        .containsExactly(new SeriesPoint(NOON, 21.5, 21.5, 21.5, 21.5, 1));
  }

  @Test
  void saysThatItIsAwayAndGoesOn() throws Exception {
    try (PostgresServer own = PostgresServer.started()) {
      TestDatabase.Shared there = TestDatabase.shared(own, "postgres");
      try (PostgresStore away =
          PostgresStore.open(
              there.connections(),
              BoundedNames.ofNobody(InstantSource.fixed(STORED_AT), new SimpleMeterRegistry()),
              (parts, row) -> {},
              InstantSource.fixed(STORED_AT),
              new SimpleMeterRegistry())) {
        away.append(List.of(door(0, 1)), 1);
        own.stop();
        assertThatThrownBy(() -> away.append(List.of(door(0, 2)), 2))
            .isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> away.find(EventQuery.newest(1)))
            .isInstanceOf(HistoryUnavailableException.class);
        own.start();
        there.look().run();
        away.append(List.of(door(0, 2)), 2);
        assertThat(away.find(EventQuery.newest(9)).items()).hasSize(2);
      }
    }
  }
}
