package org.linli.edge.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.linli.event.DeviceId;
import org.linli.event.Kind;

class KnownStatesTest {

  private static final Subject DOOR = new Subject(new DeviceId("door-1"), Kind.ACCESS);
  private static final Instant NOW = TestProfiles.RECEIVED;

  private final Changes changes = new Changes();
  private final List<MessageReading> kept = new ArrayList<>();
  private KnownStates states = states(10_000, List.of());

  /** Knows every device whose name begins with "registered". */
  private static final class Registered implements KnownDevices {
    @Override
    public Optional<Subject> at(String profile, String address) {
      return Optional.empty();
    }

    @Override
    public Optional<Kind> kindOf(DeviceId device) {
      return device.value().startsWith("registered") ? Optional.of(Kind.ACCESS) : Optional.empty();
    }
  }

  private static KnownStates states(int most, List<StateChange.Known> atStart) {
    return new KnownStates(new Registered(), most, 8 << 20, atStart);
  }

  private MessageReading reading() {
    MessageReading reading =
        new MessageReading("test", KnownDevices.NONE, states, null, null, NOW, false);
    kept.add(reading);
    return reading;
  }

  private boolean tells(MessageReading reading, String state) {
    return changes.isChange(reading, DOOR, "state", state);
  }

  private boolean tells(String device, String state, @Nullable Instant at) {
    return changes.isChange(
        reading(), new Subject(new DeviceId(device), Kind.ACCESS), "state", state, at);
  }

  private List<RepeatReason> counted() {
    return kept.stream()
        .flatMap(reading -> reading.basis().repeats().stream())
        .map(Repeat::reason)
        .toList();
  }

  /** The states as the disk has them after all these messages. */
  private List<StateChange.Known> onDisk() {
    TestDisk disk = new TestDisk();
    kept.forEach(reading -> disk.write(reading.basis().states()));
    return disk.states();
  }

  private void restart(int most) {
    states = states(most, onDisk());
  }

  @Test
  void whoRepeatsWhatCouldNotBeKeptReliesOnNothing() {
    MessageReading first = reading();
    MessageReading repeat = reading();
    assertThat(tells(first, "open")).isTrue();
    assertThat(tells(repeat, "open")).isFalse();
    assertThat(repeat.basis().holds()).isTrue();

    first.basis().undo();
    assertThat(repeat.basis().holds()).isFalse();
    assertThat(onDisk()).isEmpty();
    assertThat(tells(reading(), "open")).isTrue();
  }

  @Test
  void whatCouldNotBeKeptTakesNothingAwayThatWasToldBeforeOrSince() {
    assertThat(tells(reading(), "closed")).isTrue();
    MessageReading opened = reading();
    assertThat(tells(opened, "open")).isTrue();
    opened.basis().undo();
    assertThat(tells(reading(), "closed")).as("as it was before").isFalse();

    MessageReading openedAgain = reading();
    assertThat(tells(openedAgain, "open")).isTrue();
    assertThat(tells(reading(), "shut")).isTrue();
    openedAgain.basis().undo();
    assertThat(tells(reading(), "shut")).as("told since").isFalse();
  }

  @Test
  void aRestartIsNoNews() {
    assertThat(tells(reading(), "open")).isTrue();
    restart(100);
    assertThat(tells(reading(), "open")).isFalse();
    assertThat(tells(reading(), "closed")).isTrue();
    restart(100);
    assertThat(tells(reading(), "open")).isTrue();
    assertThat(counted()).containsExactly(RepeatReason.UNCHANGED);
  }

  @Test
  void whatHoldsForThisRunOnlyIsNotWrittenDown() {
    assertThat(changes.isNewInThisRun(reading(), DOOR, "heartbeat", 1)).isTrue();
    assertThat(changes.isNewInThisRun(reading(), DOOR, "heartbeat", 1)).isFalse();
    assertThat(onDisk()).isEmpty();
    assertThat(counted()).isEmpty();
  }

  @Test
  void anOldStateIsNotToldAsNew() {
    assertThat(tells("leak-1", "wet", NOW.minus(Duration.ofDays(5)))).isFalse();
    assertThat(counted()).containsExactly(RepeatReason.CACHED);
    assertThat(tells("leak-1", "wet", NOW)).as("said by the device itself").isTrue();

    assertThat(tells("leak-1", "dry", NOW.minusSeconds(60))).isFalse();
    assertThat(counted()).containsExactly(RepeatReason.CACHED, RepeatReason.OLDER);
    assertThat(tells("leak-1", "wet", NOW.plusSeconds(1))).as("it never was dry").isFalse();
    assertThat(tells("leak-1", "dry", NOW.plusSeconds(2))).isTrue();
  }

  @Test
  void knowsAfterARestartHowOldAStateIs() {
    assertThat(tells("leak-1", "dry", NOW.minus(Duration.ofHours(3)))).isTrue();
    assertThat(tells("leak-1", "dry", NOW.minus(Duration.ofHours(1)))).isFalse();
    restart(100);
    assertThat(tells("leak-1", "wet", NOW.minus(Duration.ofHours(2)))).isFalse();
    assertThat(tells("leak-1", "wet", NOW.minus(Duration.ofMinutes(30))))
        .as("an alarm of the time while the gateway was away")
        .isTrue();
  }

  @Test
  void theUnregisteredDeviceThatChangedNothingForTheLongestGoesFirst() {
    states = states(32, List.of());
    assertThat(tells("registered-1", "open", null)).isTrue();
    IntStream.rangeClosed(1, 31).forEach(i -> tells("d-" + i, "open", null));
    assertThat(tells("d-1", "closed", null)).as("changes, so it is not the first").isTrue();

    assertThat(tells("d-32", "open", null)).isTrue();

    assertThat(states.size()).isEqualTo(30);
    assertThat(states.forgotten()).isEqualTo(3);
    restart(32);
    assertThat(states.size()).as("the disk forgets them too").isEqualTo(30);
    assertThat(tells("registered-1", "open", null)).isFalse();
    assertThat(tells("d-1", "closed", null)).isFalse();
    assertThat(tells("d-2", "open", null)).as("forgotten").isTrue();
    assertThat(tells("d-31", "open", null)).isFalse();
  }

  @Test
  void registeredDevicesGoWhereNoOtherIsLeft() {
    states = states(32, List.of());
    IntStream.rangeClosed(1, 33).forEach(i -> tells("registered-" + i, "open", null));

    assertThat(states.size()).isEqualTo(30);
    assertThat(tells("registered-33", "open", null)).isFalse();
    assertThat(tells("registered-1", "open", null)).isTrue();
  }

  @Test
  void aSmallerLimitAppliesToWhatTheDiskHas() {
    IntStream.rangeClosed(1, 100).forEach(i -> tells("d-" + i, "open", null));
    restart(32);

    assertThat(states.size()).isLessThanOrEqualTo(32);
    assertThat(tells("d-100", "closed", null)).isTrue();
    assertThat(onDisk()).hasSizeLessThanOrEqualTo(32);
  }

  @Test
  void oneDeviceWithEverNewSignalsForgetsItsOwn() {
    tells("d-1", "open", null);
    for (int i = 0; i < 3_000; i++) {
      changes.isChange(reading(), DOOR, "signal-" + i, "on");
      changes.isFirst(reading(), DOOR, "object-" + i);
    }
    assertThat(states.size()).isEqualTo(StateMemory.MOST_OF_DEVICE + 1);
    assertThat(onDisk()).hasSize(StateMemory.MOST_OF_DEVICE + 1);
    assertThat(changes.isFirst(reading(), DOOR, "object-2999")).isFalse();
    assertThat(tells("d-1", "open", null)).isFalse();
  }

  @Test
  void everNewIdsPushOutNoState() {
    assertThat(tells(reading(), "open")).isTrue();
    for (int i = 0; i < 3_000; i++) {
      assertThat(changes.isFirst(reading(), DOOR, "object-" + i)).isTrue();
    }
    assertThat(tells(reading(), "open")).isFalse();
    assertThat(states.size()).isEqualTo(StateMemory.MOST_IDS + 1);
  }

  @Test
  void inventedSignalsFillNoMoreThanTheirShareOfTheHeap() {
    states = new KnownStates(new Registered(), Integer.MAX_VALUE, 100_000, List.of());
    for (int i = 0; i < 20_000; i++) {
      changes.isChange(
          reading(), new Subject(new DeviceId("d-" + i), Kind.ACCESS), "s".repeat(200), "x");
    }
    assertThat(states.size()).isBetween(80, 150);
  }

  @Test
  void aLongSignalAndALongStateTakeNoMoreRoomThanAHash() {
    assertThat(changes.isChange(reading(), DOOR, "s".repeat(100_000), "x".repeat(100_000)))
        .isTrue();
    assertThat(changes.isChange(reading(), DOOR, "s".repeat(100_000), "x".repeat(100_000)))
        .isFalse();
    assertThat(changes.isChange(reading(), DOOR, "s".repeat(100_000), "x".repeat(100_001)))
        .isTrue();
    assertThat(onDisk())
        .singleElement()
        .satisfies(known -> assertThat(known.signal() + known.state()).hasSizeLessThan(200));
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
  void remembersDevicesThatWereMadeToCollideAsFastAsOthers() {
    states = new KnownStates(new Registered(), Integer.MAX_VALUE, 64 << 20, List.of());
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          for (int i = 0; i < 30_000; i++) {
            tells(colliding(i), "open", null);
          }
        });
    assertThat(states.size()).isEqualTo(30_000);
  }

  @Test
  void aClockAheadSilencesNoAlarm() {
    assertThat(tells("smoke-1", "false", NOW.plus(Duration.ofDays(1_000)))).isTrue();
    assertThat(tells("smoke-1", "true", NOW)).isTrue();
  }

  @Test
  void aClockThatWasSetBackSilencesNoAlarmOverARestart() {
    states =
        states(
            10_000,
            List.of(
                new StateChange.Known(
                    "test",
                    new DeviceId("smoke-1"),
                    "state",
                    "false",
                    NOW.plus(Duration.ofDays(40)),
                    1)));

    assertThat(tells("smoke-1", "true", NOW)).isTrue();
  }

  @Test
  void aClockThatWasNeverSetSilencesNoAlarm() {
    assertThat(tells("smoke-1", "false", NOW)).isTrue();
    assertThat(tells("smoke-1", "true", Instant.EPOCH.plusSeconds(60))).isTrue();
  }

  /** It may come as fast as it was said, beside what is live. */
  @Test
  void whatWasKeptIsNoSignOfAClockThatIsBehind() {
    Instant kept = NOW.minus(Duration.ofHours(1));
    assertThat(dated(0, "true", NOW)).isTrue();
    for (int second = 10; second < 60; second += 10) {
      assertThat(dated(second, "true", NOW.plusSeconds(second))).isFalse();
      assertThat(dated(second + 1, "false", kept.plusSeconds(second))).as("kept").isFalse();
    }
    assertThat(dated(60, "false", NOW.plusSeconds(60))).isTrue();
  }

  private boolean dated(int second, String state, Instant at) {
    MessageReading reading =
        new MessageReading(
            "test", KnownDevices.NONE, states, null, null, NOW.plusSeconds(second), false);
    StateTime time = StateTime.byDevice(at).of(state.equals("true"));
    return changes.isChange(reading, DOOR, "state", state, time);
  }

  @Test
  void anOldEndThatWasKeptLetsTheNextAlarmBeTold() {
    Instant days = NOW.minus(Duration.ofDays(3));
    states =
        states(
            10_000,
            List.of(
                new StateChange.Known(
                    "test",
                    new DeviceId("smoke-1"),
                    "state",
                    "true",
                    days.minus(Duration.ofHours(2)),
                    1)));

    assertThat(tells("smoke-1", "false", days)).as("days old").isFalse();
    assertThat(counted()).containsExactly(RepeatReason.CACHED);
    restart(10_000);
    assertThat(tells("smoke-1", "true", NOW)).isTrue();
  }

  @Test
  void keepsWhatAConditionOfManyInputsIsMadeOf() {
    String many = "0123abcd,".repeat(60);
    changes.note(reading(), DOOR, "holding", many, null);

    assertThat(changes.known(reading(), DOOR, "holding"))
        .extracting(StateChange.Known::state)
        .isEqualTo(many);
  }
}
