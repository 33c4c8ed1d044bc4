package org.linli.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.linli.event.EventTypes.Entry;

class EventTypesTest {

  private static final String HEADER = "kind,type,lane";

  /** The page on fixed names, said again by hand, so that the data cannot drift from it. */
  @ParameterizedTest
  @CsvSource({
    "ACCESS, door.opened, bulk",
    "ACCESS, door.closed, bulk",
    "ACCESS, door.forced, urgent",
    "ACCESS, door.secured, urgent",
    "ACCESS, door.held-open, bulk",
    "ACCESS, access.granted, bulk",
    "ACCESS, access.denied, bulk",
    "ACCESS, access.tailgating, bulk",
    "ACCESS, reader.tampered, urgent",
    "CAMERA, object.detected, bulk",
    "CAMERA, zone.intruded, urgent",
    "CAMERA, object.fallen-from-height, urgent",
    "CAMERA, fire.seen, urgent",
    "CAMERA, crowd.gathered, bulk",
    "CAMERA, ebike.in-elevator, urgent",
    "CAMERA, video.lost, urgent",
    "CAMERA, video.restored, urgent",
    "CAMERA, camera.tampered, urgent",
    "ELEVATOR, passenger.trapped, urgent",
    "ELEVATOR, passenger.released, urgent",
    "ELEVATOR, door.fault, urgent",
    "ELEVATOR, overspeed, urgent",
    "ELEVATOR, stopped-off-level, urgent",
    "ELEVATOR, fault.cleared, urgent",
    "ELEVATOR, levelling.drift, bulk",
    "ELEVATOR, trip.completed, bulk",
    "ELEVATOR, maintenance.due, bulk",
    "ELEVATOR, maintenance.done, bulk",
    "PARKING, bay.occupied, bulk",
    "PARKING, bay.freed, bulk",
    "PARKING, fire-lane.occupied, urgent",
    "PARKING, fire-lane.freed, urgent",
    "PARKING, barrier.fault, bulk",
    "PARKING, plate.read, bulk",
    "PARKING, lot.full, bulk",
    "ENVIRONMENT, smoke.detected, urgent",
    "ENVIRONMENT, smoke.cleared, urgent",
    "ENVIRONMENT, gas.detected, urgent",
    "ENVIRONMENT, gas.cleared, urgent",
    "ENVIRONMENT, water.leak, urgent",
    "ENVIRONMENT, water.cleared, urgent",
    "ENVIRONMENT, manhole.moved, urgent",
    "CARE, sos.pressed, urgent",
    "CARE, fall.detected, urgent",
    "CARE, activity.seen, bulk",
    "POWER, charger.overheated, urgent",
    "POWER, charger.normal, urgent",
    "POWER, supply.lost, urgent",
    "POWER, supply.restored, urgent",
    "PARCEL, parcel.stored, bulk",
    "PARCEL, parcel.collected, bulk",
    "PARCEL, cabinet.fault, bulk",
    ", measurement, bulk",
    ", device.online, bulk",
    ", device.offline, bulk",
    ", battery.low, bulk",
    ", device.fault, bulk",
    ", alarm.unknown, urgent",
    ", unreadable-alarm, urgent",
  })
  void knowsEveryTypeOfTheFixedNames(@Nullable Kind kind, String type, String lane) {
    for (Kind one : kind == null ? Kind.values() : new Kind[] {kind}) {
      Entry entry = EventTypes.find(one, new EventType(type)).orElseThrow();

      assertThat(entry.kind()).isEqualTo(kind);
      assertThat(entry.lane().wireName()).isEqualTo(lane);
      assertThat(EventTypes.laneOf(one, new EventType(type))).isEqualTo(entry.lane());
    }
  }

  @Test
  void hasNoFurtherTypes() {
    assertThat(EventTypes.all()).hasSize(59);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void carriesWhatItDoesNotKnowInBulk(Kind kind) {
    EventType unknown = new EventType("something.new");

    assertThat(EventTypes.find(kind, unknown)).isEqualTo(Optional.empty());
    assertThat(EventTypes.laneOf(kind, unknown)).isEqualTo(Lane.BULK);
  }

  /** A door station with a camera says what a camera says. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void knowsATypeAtADeviceOfAnotherKind(Kind kind) {
    EventType intruded = new EventType("zone.intruded");

    assertThat(EventTypes.find(kind, intruded).orElseThrow().kind()).isEqualTo(Kind.CAMERA);
    assertThat(EventTypes.laneOf(kind, intruded)).isEqualTo(Lane.URGENT);
    assertThat(EventTypes.laneOf(kind, new EventType("plate.read"))).isEqualTo(Lane.BULK);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lift,door.fault,urgent | kind lift is unknown",
        "elevator,Door.Fault,urgent | type is not words",
        "elevator,door.fault,express | lane express is unknown",
        "elevator,door.fault | there are 2 cells and not 3",
        "elevator,cleared,bulk | cleared stands twice for this kind",
        "camera,cleared,bulk | cleared belongs to another kind already",
      })
  void refusesABrokenTableWithItsLine(String row, String because) {
    List<String> lines = Stream.of("# types", HEADER, "elevator,cleared,bulk", "", row).toList();

    assertThatThrownBy(() -> EventTypeTable.parse("types.csv", lines))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("types.csv line 5: ")
        .hasMessageContaining(because);
  }

  @Test
  void refusesATableWithoutItsHeader() {
    assertThatThrownBy(() -> EventTypeTable.parse("types.csv", List.of("elevator,cleared,bulk")))
        .hasMessage("types.csv line 1: the header must be " + HEADER);
    assertThatThrownBy(() -> EventTypeTable.parse("types.csv", List.of("# nothing")))
        .hasMessage("types.csv line 1: the header must be " + HEADER);
  }
}
