package org.linli.rules;

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
import org.linli.event.EventType;
import org.linli.event.Kind;

class DefaultRulesTest {

  private static final String HEADER = "kind,type,severity,cleared-by,onset";

  /** The page on fixed names, said again by hand, so that the data cannot drift from it. */
  @ParameterizedTest
  @CsvSource({
    "ACCESS, door.forced, MAJOR, door.secured",
    "ACCESS, door.held-open, MINOR, door.closed",
    "ACCESS, access.denied, MINOR, ",
    "ACCESS, access.tailgating, WARNING, ",
    "ACCESS, reader.tampered, MAJOR, ",
    "CAMERA, zone.intruded, MAJOR, ",
    "CAMERA, object.fallen-from-height, CRITICAL, ",
    "CAMERA, fire.seen, CRITICAL, ",
    "CAMERA, crowd.gathered, MINOR, ",
    "CAMERA, ebike.in-elevator, CRITICAL, ",
    "CAMERA, video.lost, MAJOR, video.restored",
    "CAMERA, camera.tampered, MAJOR, ",
    "ELEVATOR, passenger.trapped, CRITICAL, passenger.released",
    "ELEVATOR, door.fault, MAJOR, fault.cleared",
    "ELEVATOR, overspeed, CRITICAL, ",
    "ELEVATOR, stopped-off-level, MAJOR, fault.cleared",
    "ELEVATOR, levelling.drift, MINOR, ",
    "ELEVATOR, maintenance.due, WARNING, maintenance.done",
    "PARKING, fire-lane.occupied, MAJOR, fire-lane.freed",
    "PARKING, barrier.fault, MINOR, ",
    "PARKING, lot.full, WARNING, ",
    "ENVIRONMENT, smoke.detected, CRITICAL, smoke.cleared",
    "ENVIRONMENT, gas.detected, CRITICAL, gas.cleared",
    "ENVIRONMENT, water.leak, MAJOR, water.cleared",
    "ENVIRONMENT, manhole.moved, MAJOR, ",
    "CARE, sos.pressed, CRITICAL, ",
    "CARE, fall.detected, CRITICAL, ",
    "CARE, activity.seen, MAJOR, ",
    "POWER, charger.overheated, MAJOR, charger.normal",
    "POWER, supply.lost, MAJOR, supply.restored",
    "PARCEL, cabinet.fault, MINOR, ",
    ", battery.low, WARNING, ",
    ", device.fault, MINOR, ",
    ", alarm.unknown, MAJOR, ",
  })
  void hasEveryRuleOfTheFixedNames(
      @Nullable Kind kind, String type, Severity severity, @Nullable String clearedBy) {
    for (Kind one : kind == null ? Kind.values() : new Kind[] {kind}) {
      DefaultRule found = DefaultRules.find(one, new EventType(type)).orElseThrow();

      assertThat(found.kind()).isEqualTo(kind);
      assertThat(found.severity()).isEqualTo(severity);
      assertThat(found.rule().clearedBy())
          .isEqualTo(clearedBy == null ? Set.of() : Set.of(new EventType(clearedBy)));
    }
  }

  @Test
  void hasNoFurtherRules() {
    assertThat(DefaultRules.all()).hasSize(34);
    assertThat(DefaultRules.find(Kind.ACCESS, new EventType("door.opened"))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void watchesWhatADeviceSaysWhateverItsKindAndAbsenceOfItsOwnKindOnly(Kind kind) {
    for (DefaultRule one : DefaultRules.all()) {
      boolean isAbsence = one.rule().onset() instanceof Onset.Absent;

      assertThat(DefaultRules.find(kind, one.rule().type()))
          .as("%s of %s", one.rule().type(), kind)
          .isEqualTo(isAbsence && kind != one.kind() ? Optional.empty() : Optional.of(one));
    }
  }

  @Test
  void opensAtOnceExceptWhereTimeOrRepetitionDecides() {
    assertThat(
            DefaultRules.all().stream()
                .map(DefaultRule::rule)
                .filter(rule -> !(rule.onset() instanceof Onset.AtOnce))
                .collect(Collectors.toMap(rule -> rule.type().value(), Rule::onset)))
        .isEqualTo(
            Map.of(
                "fire-lane.occupied", new Onset.After(Duration.ofMinutes(3)),
                "access.denied", new Onset.Repeated(5, Duration.ofMinutes(1)),
                "activity.seen", new Onset.Absent(Duration.ofHours(24))));
  }

  /** Against the event types as they are: door.fault travels urgent, trip.completed bulk. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lift,door.fault,major,,at once | kind lift is unknown",
        "elevator,Door.Fault,major,,at once | type is not words",
        "elevator,door.fault,grave,,at once | severity grave is unknown",
        "elevator,door.fault,,,at once | severity  is unknown",
        "elevator,door.fault,major,,soon | onset soon is none of",
        "elevator,door.fault,major,,after 3 weeks | onset after 3 weeks is none of",
        "elevator,door.fault,major, | there are 4 cells and not 5",
        "elevator,no.such,minor,,at once | no.such has no row among the event types",
        "elevator,trip.completed,major,,at once | trip.completed is major and must travel urgent",
        "elevator,door.fault,major,gone,at once | cleared by gone, which has no row",
        "elevator,door.fault,major,trip.completed,at once | which clears it, travels bulk",
        "elevator,overspeed,critical,,at once | overspeed stands twice for this kind",
      })
  void refusesABrokenTableWithItsLine(String row, String because) {
    List<String> lines =
        Stream.of("# rules", HEADER, "elevator,overspeed,critical,,at once", "", row).toList();

    assertThatThrownBy(() -> DefaultRuleTable.parse("rules.csv", lines))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("rules.csv line 5: ")
        .hasMessageContaining(because);
  }

  @Test
  void refusesATableWithoutItsHeader() {
    assertThatThrownBy(
            () ->
                DefaultRuleTable.parse(
                    "rules.csv", List.of("elevator,overspeed,critical,,at once")))
        .hasMessage("rules.csv line 1: the header must be " + HEADER);
    assertThatThrownBy(() -> DefaultRuleTable.parse("rules.csv", List.of("# nothing")))
        .hasMessage("rules.csv line 1: the header must be " + HEADER);
  }
}
