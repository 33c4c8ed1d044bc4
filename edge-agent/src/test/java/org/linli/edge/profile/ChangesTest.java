package org.linli.edge.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.linli.event.DeviceId;
import org.linli.event.Kind;

class ChangesTest {

  private static final Subject DOOR = new Subject(new DeviceId("door-1"), Kind.ACCESS);

  private final Changes changes = new Changes(100_000);

  private static Reading reading() {
    return new Reading("test", KnownDevices.NONE, null, null, TestProfiles.RECEIVED);
  }

  private boolean tells(Reading reading, String state) {
    return changes.isChange(reading, DOOR, "state", state);
  }

  @Test
  void whoRepeatsWhatCouldNotBeKeptReliesOnNothing() {
    Reading first = reading();
    Reading repeat = reading();
    assertThat(tells(first, "open")).isTrue();
    assertThat(tells(repeat, "open")).isFalse();
    assertThat(repeat.holds()).isTrue();

    first.undo();
    assertThat(repeat.holds()).isFalse();
    assertThat(tells(reading(), "open")).isTrue();
  }

  @Test
  void whatCouldNotBeKeptTakesNothingAwayThatWasToldBeforeOrSince() {
    assertThat(tells(reading(), "closed")).isTrue();
    Reading opened = reading();
    assertThat(tells(opened, "open")).isTrue();
    opened.undo();
    assertThat(tells(reading(), "closed")).as("as it was before").isFalse();

    Reading openedAgain = reading();
    assertThat(tells(openedAgain, "open")).isTrue();
    assertThat(tells(reading(), "shut")).isTrue();
    openedAgain.undo();
    assertThat(tells(reading(), "shut")).as("told since").isFalse();
  }

  @Test
  void inventedSignalsFillNoMoreThanTheirShareOfTheHeap() {
    for (int i = 0; i < 20_000; i++) {
      changes.isChange(
          reading(), new Subject(new DeviceId("d-" + i), Kind.ACCESS), "s".repeat(200), "x");
    }
    assertThat(changes.size()).isBetween(100, 250);
  }

  /** "Aa" and "BB" have the same hash, and so has every text of as many of them. */
  private static String colliding(int number) {
    StringBuilder name = new StringBuilder();
    for (int bit = 0; bit < 15; bit++) {
      name.append((number >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return name.toString();
  }

  @Test
  void remembersSignalsThatWereMadeToCollideAsFastAsOthers() {
    Changes large = new Changes(64 << 20);
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          for (int i = 0; i < 30_000; i++) {
            large.isChange(reading(), DOOR, colliding(i), "open");
          }
        });
    assertThat(large.size()).isEqualTo(30_000);
  }
}
