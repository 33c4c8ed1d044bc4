package org.linli.sims.day;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.linli.event.DeviceId;
import org.linli.event.EventTypes;
import org.linli.event.Kind;
import org.linli.event.Value;
import org.linli.rules.DefaultRule;
import org.linli.rules.DefaultRules;
import org.linli.rules.Severity;
import org.linli.sims.community.Community;
import org.linli.sims.community.Community.Device;
import org.linli.sims.community.UnusableCommunityException;

class SimulatedDayTest {

  private static final LocalTime MORNING = LocalTime.of(7, 0);

  private final Community sample = sample();

  @Test
  void theSameSeedGivesTheSameDay() {
    assertThat(events(sample, 1, 5_000)).isEqualTo(events(sample, 1, 5_000));
  }

  @Test
  void anotherSeedGivesAnotherDay() {
    assertThat(events(sample, 1, 1_000)).isNotEqualTo(events(sample, 2, 1_000));
  }

  @Test
  void aDeviceDoesTheSameWhoeverElseIsThere() {
    Device door = sample.devices().getFirst();
    Community alone = new Community(sample.zone(), List.of(door), List.of());

    List<SimulatedEvent> together =
        events(sample, 1, 20_000).stream()
            .filter(event -> event.device().equals(door.id()))
            .toList();

    assertThat(together).hasSizeGreaterThan(50);
    assertThat(events(alone, 1, together.size())).isEqualTo(together);
  }

  @Test
  void timeNeverGoesBackAndEachDeviceCountsItsEvents() {
    Instant last = Instant.MIN;
    Map<DeviceId, Integer> counts = new HashMap<>();
    for (SimulatedEvent event : events(sample, 1, 6_000)) {
      assertThat(event.time()).isAfterOrEqualTo(last);
      last = event.time();
      int count = counts.merge(event.device(), 1, Integer::sum);
      assertThat(event.id().value()).isEqualTo("%s-%06d".formatted(event.device(), count));
    }
    assertThat(counts).hasSameSizeAs(sample.devices());
  }

  @Test
  void everyTypeOnEveryDayIsInTheTable() {
    for (NamedDay day : NamedDay.values()) {
      SimulatedDay events =
          new SimulatedDay(
              sample, new SimulatedDay.Script(day, 7, MORNING, Duration.ofMinutes(1), ""));
      for (int i = 0; i < 6_000; i++) {
        SimulatedEvent event = events.next();
        assertThat(EventTypes.find(event.kind(), event.type()))
            .as("%s of %s", event.type(), event.kind())
            .isPresent();
      }
    }
  }

  @Test
  void allFourKindsTakePartWithNumbersTextsAndTruths() {
    Map<Kind, Set<Class<?>>> forms = new HashMap<>();
    for (SimulatedEvent event : events(sample, 1, 5_000)) {
      event
          .values()
          .byName()
          .values()
          .forEach(
              value ->
                  forms
                      .computeIfAbsent(event.kind(), unused -> new HashSet<>())
                      .add(value.getClass()));
    }
    assertThat(forms).containsKeys(Kind.ACCESS, Kind.CAMERA, Kind.ELEVATOR, Kind.PARKING);
    assertThat(forms.values().stream().flatMap(Set::stream).distinct())
        .containsExactlyInAnyOrder(
            Value.Whole.class, Value.Real.class, Value.Truth.class, Value.Text.class);
  }

  @Test
  void theMorningRushIsBusierThanTheNight() {
    assertThat(passagesInAnHour(LocalTime.of(7, 0)))
        .isGreaterThan(10 * passagesInAnHour(LocalTime.of(2, 0)));
  }

  @Test
  void aRainyDayHasFewerPassagesAndAFestivalMore() {
    long ordinary = passages(NamedDay.ORDINARY);
    assertThat(passages(NamedDay.RAIN)).isLessThan(ordinary);
    assertThat(passages(NamedDay.FESTIVAL)).isGreaterThan(ordinary);
  }

  @Test
  void theStoryHasACriticalAlertAMinuteAndTheFirstWithinSeconds() {
    List<SimulatedEvent> critical =
        day(sample, 1, Duration.ofMinutes(1), Duration.ofMinutes(10))
            .filter(event -> severity(event) == Severity.CRITICAL)
            .toList();
    Instant start = start(MORNING);

    assertThat(critical).hasSize(10);
    assertThat(Duration.between(start, critical.getFirst().time()))
        .isLessThan(Duration.ofSeconds(5));
    assertThat(critical)
        .extracting(event -> event.type().value())
        .startsWith("passenger.trapped", "ebike.in-elevator", "overspeed", "fire.seen");
    for (int i = 1; i < critical.size(); i++) {
      assertThat(Duration.between(critical.get(i - 1).time(), critical.get(i).time()))
          .isEqualTo(Duration.ofMinutes(1));
    }
  }

  @Test
  void theStoryBlocksAFireLaneForLongerThanThreeMinutes() {
    Map<DeviceId, Instant> occupied = new HashMap<>();
    List<Duration> blocked = new ArrayList<>();
    day(sample, 1, Duration.ofMinutes(1), Duration.ofMinutes(10))
        .forEach(
            event -> {
              if (event.type().value().equals("fire-lane.occupied")) {
                occupied.put(event.device(), event.time());
              } else if (event.type().value().equals("fire-lane.freed")) {
                blocked.add(Duration.between(occupied.get(event.device()), event.time()));
              }
            });
    assertThat(blocked).anyMatch(time -> time.compareTo(Duration.ofMinutes(3)) > 0);
  }

  @Test
  void anElevatorWithPeopleTrappedMakesNoTripUntilTheyAreReleased() {
    List<SimulatedEvent> events =
        day(sample, 1, Duration.ofMinutes(1), Duration.ofMinutes(30)).toList();
    Map<DeviceId, Boolean> trapped = new HashMap<>();
    int released = 0;
    for (SimulatedEvent event : events) {
      switch (event.type().value()) {
        case "passenger.trapped" -> trapped.put(event.device(), true);
        case "passenger.released" -> {
          assertThat(trapped.put(event.device(), false)).isTrue();
          released++;
        }
        case "trip.completed" ->
            assertThat(trapped.getOrDefault(event.device(), false)).as("%s", event).isFalse();
        default -> {}
      }
    }
    assertThat(released).isGreaterThan(5);
  }

  private long passagesInAnHour(LocalTime from) {
    return take(
            new SimulatedDay(sample, new SimulatedDay.Script(NamedDay.ORDINARY, 1, from, null, "")),
            start(from).plus(Duration.ofHours(1)))
        .filter(event -> event.type().value().equals("access.granted"))
        .count();
  }

  private long passages(NamedDay day) {
    SimulatedDay events =
        new SimulatedDay(sample, new SimulatedDay.Script(day, 1, MORNING, null, ""));
    return take(events, events.start().plus(Duration.ofHours(2)))
        .filter(event -> event.type().value().equals("access.granted"))
        .count();
  }

  private Stream<SimulatedEvent> day(
      Community community, long seed, @Nullable Duration beat, Duration length) {
    return take(
        new SimulatedDay(
            community, new SimulatedDay.Script(NamedDay.ORDINARY, seed, MORNING, beat, "")),
        start(MORNING).plus(length));
  }

  private static List<SimulatedEvent> events(Community community, long seed, int count) {
    SimulatedDay day =
        new SimulatedDay(
            community, new SimulatedDay.Script(NamedDay.ORDINARY, seed, MORNING, null, ""));
    return Stream.generate(day::next).limit(count).toList();
  }

  private static Stream<SimulatedEvent> take(SimulatedDay day, Instant until) {
    return Stream.generate(day::next).takeWhile(event -> event.time().isBefore(until));
  }

  private Instant start(LocalTime time) {
    return NamedDay.ORDINARY.date.atTime(time).atZone(sample.zone()).toInstant();
  }

  private static @Nullable Severity severity(SimulatedEvent event) {
    return DefaultRules.find(event.kind(), event.type()).map(DefaultRule::severity).orElse(null);
  }

  private static Community sample() {
    try {
      return Community.sample();
    } catch (UnusableCommunityException e) {
      throw new AssertionError(e);
    }
  }
}
