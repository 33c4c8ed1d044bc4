package org.linli.hub.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.hub.history.questdb.QuestDbStore;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.TestCommunities;
import org.linli.program.thread.LivingThreads;

/** A history that began with one community, and then had two. */
class HistoryOfTwoCommunitiesTest {

  private static final Instant NOON = Instant.parse("2026-11-23T04:00:00Z");
  private static final DeviceId DOOR = new DeviceId("door-1");
  private static final CommunityId EAST = TestCommunities.EAST;
  private static final CommunityId WEST = TestCommunities.WEST;

  @TempDir private Path folder;

  private QuestDbStore open(@Nullable CommunityId earlier, int most) {
    return QuestDbStore.open(
        folder,
        new BoundedNames(
            most,
            1_000,
            new StoredDevices(earlier),
            _ -> false,
            () -> 0,
            InstantSource.fixed(NOON),
            new SimpleMeterRegistry(),
            _ -> {}),
        PartNotes.NONE,
        InstantSource.fixed(NOON),
        new SimpleMeterRegistry(),
        new LivingThreads(InstantSource.system()));
  }

  private static Happened door(String gateway, double t) {
    return Happened.door(DOOR.value(), NOON).from(gateway, 1).with("t", t);
  }

  private static List<String> gateways(HistoryStore store, EventQuery query) {
    return store.find(query).items().stream()
        .map(event -> event.community() + " by " + event.gateway())
        .toList();
  }

  private static void untilThereAre(HistoryStore store, int events) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> store.find(EventQuery.newest(100)).items().size() == events);
  }

  private static double last(HistoryStore store, CommunityId community) {
    return store
        .series(new SeriesQuery(new DeviceKey(community, DOOR), "t", NOON, NOON.plusMillis(1), 1))
        .getFirst()
        .last();
  }

  @Test
  void namesItsDevicesAsBefore() {
    assertThat(new StoredDevices(EAST).name(new DeviceKey(EAST, DOOR))).isEqualTo("door-1");
    assertThat(new StoredDevices(EAST).name(new DeviceKey(WEST, DOOR))).isEqualTo("west/door-1");
    assertThat(new StoredDevices(null).read("door-1"))
        .as("no records say whose it is")
        .isEqualTo(new StoredDevices.Read(null, DOOR));
  }

  @Test
  void whatHasNoCommunityBelongsToTheEarlierOne() {
    try (QuestDbStore before = open(EAST, 1_000)) {
      before.append(List.of(door("gateway-1", 1).asAppliedIn(EAST)));
      untilThereAre(before, 1);
    }
    try (QuestDbStore store = open(EAST, 1_000)) {
      store.append(List.of(door("gateway-2", 2).asAppliedIn(WEST)));
      // The archive gives it again, as after a power cut: it is in its place.
      store.append(List.of(door("gateway-1", 1).asAppliedIn(EAST)));
      untilThereAre(store, 2);

      assertThat(gateways(store, EventQuery.newest(10).in(EAST)))
          .containsExactly("east by gateway-1");
      assertThat(gateways(store, EventQuery.newest(10).in(EAST).of(DOOR)))
          .containsExactly("east by gateway-1");
      assertThat(gateways(store, EventQuery.newest(10).in(WEST).of(DOOR)))
          .containsExactly("west by gateway-2");
      assertThat(gateways(store, EventQuery.newest(10).of(DOOR)))
          .containsExactly("east by gateway-1", "west by gateway-2");
      assertThat(last(store, EAST)).isEqualTo(1);
      assertThat(last(store, WEST)).isEqualTo(2);
    }
  }

  @Test
  void followsTheEarlierCommunityToItsNewId() {
    try (QuestDbStore before = open(EAST, 1_000)) {
      before.append(List.of(door("gateway-1", 1).asAppliedIn(EAST)));
      untilThereAre(before, 1);
    }
    try (QuestDbStore renamed = open(WEST, 1_000)) {
      untilThereAre(renamed, 1);
      assertThat(gateways(renamed, EventQuery.newest(10).in(WEST)))
          .containsExactly("west by gateway-1");
      assertThat(last(renamed, WEST)).isEqualTo(1);
    }
  }

  @Test
  void keepsThemApartBeyondTheNamesThatItRemembers() {
    try (QuestDbStore store = open(EAST, 1)) {
      store.append(
          List.of(door("gateway-1", 1).asAppliedIn(EAST), door("gateway-2", 2).asAppliedIn(WEST)));
      untilThereAre(store, 2);

      assertThat(gateways(store, EventQuery.newest(10).in(EAST)))
          .containsExactly("east by gateway-1");
      assertThat(gateways(store, EventQuery.newest(10).in(WEST)))
          .containsExactly("west by gateway-2");
      assertThat(gateways(store, EventQuery.newest(10).of(DOOR)))
          .containsExactly("east by gateway-1", "west by gateway-2");
    }
  }
}
