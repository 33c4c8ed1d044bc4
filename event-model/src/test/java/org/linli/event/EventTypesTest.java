package org.linli.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.linli.event.EventTypes.Entry;
import org.linli.event.EventTypes.Onset;

class EventTypesTest {

  private static final String HEADER = "kind,type,severity,cleared-by,onset,lane";

  /** The page on fixed names, said again by hand, so that the data cannot drift from it. */
  @ParameterizedTest
  @CsvSource({
    "ACCESS, door.opened, , , bulk",
    "ACCESS, door.closed, , , bulk",
    "ACCESS, door.forced, MAJOR, door.secured, urgent",
    "ACCESS, door.secured, , , urgent",
    "ACCESS, door.held-open, MINOR, door.closed, bulk",
    "ACCESS, access.granted, , , bulk",
    "ACCESS, access.denied, MINOR, , bulk",
    "ACCESS, access.tailgating, WARNING, , bulk",
    "ACCESS, reader.tampered, MAJOR, , urgent",
    "CAMERA, object.detected, , , bulk",
    "CAMERA, zone.intruded, MAJOR, , urgent",
    "CAMERA, object.fallen-from-height, CRITICAL, , urgent",
    "CAMERA, fire.seen, CRITICAL, , urgent",
    "CAMERA, crowd.gathered, MINOR, , bulk",
    "CAMERA, ebike.in-elevator, CRITICAL, , urgent",
    "CAMERA, video.lost, MAJOR, video.restored, urgent",
    "CAMERA, video.restored, , , urgent",
    "CAMERA, camera.tampered, MAJOR, , urgent",
    "ELEVATOR, passenger.trapped, CRITICAL, passenger.released, urgent",
    "ELEVATOR, passenger.released, , , urgent",
    "ELEVATOR, door.fault, MAJOR, fault.cleared, urgent",
    "ELEVATOR, overspeed, CRITICAL, , urgent",
    "ELEVATOR, stopped-off-level, MAJOR, fault.cleared, urgent",
    "ELEVATOR, fault.cleared, , , urgent",
    "ELEVATOR, levelling.drift, MINOR, , bulk",
    "ELEVATOR, trip.completed, , , bulk",
    "ELEVATOR, maintenance.due, WARNING, maintenance.done, bulk",
    "ELEVATOR, maintenance.done, , , bulk",
    "PARKING, bay.occupied, , , bulk",
    "PARKING, bay.freed, , , bulk",
    "PARKING, fire-lane.occupied, MAJOR, fire-lane.freed, urgent",
    "PARKING, fire-lane.freed, , , urgent",
    "PARKING, barrier.fault, MINOR, , bulk",
    "PARKING, plate.read, , , bulk",
    "PARKING, lot.full, WARNING, , bulk",
    "ENVIRONMENT, smoke.detected, CRITICAL, smoke.cleared, urgent",
    "ENVIRONMENT, smoke.cleared, , , urgent",
    "ENVIRONMENT, gas.detected, CRITICAL, gas.cleared, urgent",
    "ENVIRONMENT, gas.cleared, , , urgent",
    "ENVIRONMENT, water.leak, MAJOR, water.cleared, urgent",
    "ENVIRONMENT, water.cleared, , , urgent",
    "ENVIRONMENT, manhole.moved, MAJOR, , urgent",
    "CARE, sos.pressed, CRITICAL, , urgent",
    "CARE, fall.detected, CRITICAL, , urgent",
    "CARE, activity.seen, MAJOR, , bulk",
    "POWER, charger.overheated, MAJOR, charger.normal, urgent",
    "POWER, charger.normal, , , urgent",
    "POWER, supply.lost, MAJOR, supply.restored, urgent",
    "POWER, supply.restored, , , urgent",
    "PARCEL, parcel.stored, , , bulk",
    "PARCEL, parcel.collected, , , bulk",
    "PARCEL, cabinet.fault, MINOR, , bulk",
    ", measurement, , , bulk",
    ", device.online, , , bulk",
    ", device.offline, , , bulk",
    ", battery.low, WARNING, , bulk",
    ", device.fault, MINOR, , bulk",
  })
  void knowsEveryTypeOfTheFixedNames(
      @Nullable Kind kind,
      String type,
      @Nullable Severity severity,
      @Nullable String clearedBy,
      String lane) {
    for (Kind one : kind == null ? Kind.values() : new Kind[] {kind}) {
      Entry entry = EventTypes.find(one, new EventType(type)).orElseThrow();

      assertThat(entry.kind()).isEqualTo(kind);
      assertThat(entry.severity()).isEqualTo(severity);
      assertThat(entry.clearedBy())
          .isEqualTo(clearedBy == null ? Set.of() : Set.of(new EventType(clearedBy)));
      assertThat(entry.lane().wireName()).isEqualTo(lane);
      assertThat(EventTypes.laneOf(one, new EventType(type))).isEqualTo(entry.lane());
    }
  }

  @Test
  void hasNoFurtherTypes() {
    assertThat(EventTypes.all()).hasSize(57);
  }

  @Test
  void opensAtOnceExceptWhereTimeOrRepetitionDecides() {
    assertThat(
            EventTypes.all().stream()
                .filter(entry -> !(entry.onset() instanceof Onset.AtOnce))
                .collect(Collectors.toMap(entry -> entry.type().value(), Entry::onset)))
        .isEqualTo(
            Map.of(
                "fire-lane.occupied", new Onset.After(Duration.ofMinutes(3)),
                "access.denied", new Onset.Repeated(5, Duration.ofMinutes(1)),
                "activity.seen", new Onset.Absent(Duration.ofHours(24))));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void carriesWhatItDoesNotKnowInBulk(Kind kind) {
    EventType unknown = new EventType("something.new");

    assertThat(EventTypes.find(kind, unknown)).isEqualTo(Optional.empty());
    assertThat(EventTypes.laneOf(kind, unknown)).isEqualTo(Lane.BULK);
  }

  @Test
  void keepsTypesOfOneKindFromAnother() {
    assertThat(EventTypes.find(Kind.CAMERA, new EventType("door.forced"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lift,door.fault,major,,at once,urgent | kind lift is unknown",
        "elevator,Door.Fault,major,,at once,urgent | type is not words",
        "elevator,door.fault,grave,,at once,urgent | severity grave is unknown",
        "elevator,door.fault,major,,soon,urgent | onset soon is none of",
        "elevator,door.fault,major,,after 3 weeks,urgent | onset after 3 weeks is none of",
        "elevator,door.fault,major,,at once,express | lane express is unknown",
        "elevator,door.fault,major,,at once | there are 5 cells and not 6",
        "elevator,door.fault,major,,at once,bulk | door.fault is major and must travel urgent",
        "elevator,door.fault,major,gone,at once,urgent | cleared by gone, which has no row",
        "elevator,door.fault,major,cleared,at once,urgent | cleared, which clears it, travels bulk",
        "elevator,door.fault,,cleared,at once,bulk | opens no alert, so nothing can clear it",
        "elevator,cleared,,,at once,bulk | cleared stands twice for this kind",
      })
  void refusesABrokenTableWithItsLine(String row, String because) {
    List<String> lines =
        Stream.of("# types", HEADER, "elevator,cleared,,,at once,bulk", "", row).toList();

    assertThatThrownBy(() -> EventTypeTable.parse("types.csv", lines))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("types.csv line 5: ")
        .hasMessageContaining(because);
  }

  @Test
  void refusesATableWithoutItsHeader() {
    assertThatThrownBy(
            () -> EventTypeTable.parse("types.csv", List.of("elevator,cleared,,,at once,bulk")))
        .hasMessage("types.csv line 1: the header must be " + HEADER);
    assertThatThrownBy(() -> EventTypeTable.parse("types.csv", List.of("# nothing")))
        .hasMessage("types.csv line 1: the header must be " + HEADER);
  }
}
