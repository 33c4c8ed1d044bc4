package org.linli.hub.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.hub.registry.Grid;
import org.linli.hub.registry.Person;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.TestCommunities;

class DutyTest {

  private static final String BERLIN_NIGHTS =
      """
      people:
        - {id: day, name: Day, role: grid-worker, grids: [grid-1]}
        - {id: night, name: Night, role: grid-worker, grids: [grid-1]}
      duty:
        - {grid: grid-1, person: day, days: [mon, tue, wed, thu, fri, sat, sun], from: "02:30", to: "20:00"}
        - {grid: grid-1, person: night, days: [mon, tue, wed, thu, fri, sat, sun], from: "20:00", to: "02:30"}
      """;

  @TempDir Path folder;

  private static Optional<String> onDuty(Registry registry, String grid, Instant at) {
    return new Duty().onDuty(TestCommunities.only(registry), grid, at).map(Person::id);
  }

  /** 2026-11-23 is a Monday. */
  @ParameterizedTest
  @CsvSource({
    "grid-1, 2026-11-23T06:59, liu",
    "grid-1, 2026-11-23T07:00, wang",
    "grid-1, 2026-11-23T18:59, wang",
    "grid-1, 2026-11-23T19:00, liu",
    "grid-1, 2026-11-23T23:59, liu",
    "grid-1, 2026-11-24T00:00, liu",
    "grid-2, 2026-11-27T12:00, li",
    "grid-2, 2026-11-28T12:00, chen",
    "grid-2, 2026-11-29T12:00, chen",
    "grid-2, 2026-11-30T12:00, li",
    "grid-3, 2026-11-27T23:59, zhao",
    "grid-3, 2026-11-28T00:00, chen",
    "grid-3, 2026-11-29T23:59, chen",
    "grid-3, 2026-11-30T00:00, zhao",
  })
  void knowsWhoIsThereByDayByNightAndAtTheWeekend(String grid, LocalDateTime local, String who) {
    Instant at = local.atZone(ZoneId.of("Asia/Shanghai")).toInstant();
    assertThat(onDuty(TestCommunities.sample(), grid, at)).contains(who);
  }

  @Test
  void hasSomebodyInEveryGridOfTheSampleCommunityAtAnyTime() {
    Registry registry = TestCommunities.sample();
    Instant start = Instant.parse("2026-11-22T16:00:00Z");
    for (int minutes = 0; minutes < 7 * 24 * 60; minutes += 15) {
      for (Grid grid : TestCommunities.only(registry).grids()) {
        Instant at = start.plus(Duration.ofMinutes(minutes));
        assertThat(onDuty(registry, grid.id(), at)).as(grid.id() + " at " + at).isPresent();
      }
    }
  }

  @Test
  void leavesNoGapWhenClocksChange() {
    Registry registry = TestCommunities.of(folder, "Europe/Berlin", BERLIN_NIGHTS);
    for (String change : new String[] {"2026-03-29T00:00:00Z", "2026-10-25T00:00:00Z"}) {
      Instant around = Instant.parse(change);
      for (int minutes = -180; minutes < 360; minutes++) {
        Instant at = around.plus(Duration.ofMinutes(minutes));
        assertThat(onDuty(registry, "grid-1", at)).as(at.toString()).isPresent();
      }
    }
    assertThat(onDuty(registry, "grid-1", Instant.parse("2026-03-29T01:00:00Z")))
        .as("03:00, an hour after 01:59: the night shift ended in the hour that was left out")
        .contains("day");
  }

  @Test
  void doesNotCarryANightOverToADayThatHasNone() {
    Registry registry =
        TestCommunities.of(
            folder,
            "UTC",
            """
            people: [{id: p, name: P, role: grid-worker, grids: [grid-1]}]
            duty: [{grid: grid-1, person: p, days: [sun], from: "22:00", to: "06:00"}]
            """);
    assertThat(onDuty(registry, "grid-1", Instant.parse("2026-11-22T22:00:00Z"))).contains("p");
    assertThat(onDuty(registry, "grid-1", Instant.parse("2026-11-23T05:59:00Z"))).contains("p");
    assertThat(onDuty(registry, "grid-1", Instant.parse("2026-11-23T06:00:00Z"))).isEmpty();
    assertThat(onDuty(registry, "grid-1", Instant.parse("2026-11-22T05:59:00Z"))).isEmpty();
    assertThat(onDuty(registry, "grid-1", Instant.parse("2026-11-23T22:00:00Z"))).isEmpty();
  }
}
