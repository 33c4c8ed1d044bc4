package org.linli.edge.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.linli.event.DeviceId;
import org.linli.event.EventType;
import org.linli.event.Kind;

/** What forgetting a state for lack of room means for the alarms that rest on it. */
class ForgottenStatesTest {

  private static final EventType LEAK = new EventType("water.leak");
  private static final Subject BOX = subject("box-1");
  private static final Optional<Boolean> BEGAN = Optional.of(true);
  private static final Optional<Boolean> ENDED = Optional.of(false);
  private static final Optional<Boolean> NO_NEWS = Optional.empty();

  private final Changes changes = new Changes();
  private final Conditions conditions = new Conditions(changes);
  private final TestDisk disk = new TestDisk();
  private final AtomicInteger generation = new AtomicInteger(1);

  private final KnownDevices registry =
      new KnownDevices() {
        @Override
        public Optional<Subject> at(String profile, String address) {
          return Optional.empty();
        }

        @Override
        public Optional<Kind> kindOf(DeviceId device) {
          return device.value().startsWith("registered")
              ? Optional.of(Kind.ENVIRONMENT)
              : Optional.empty();
        }

        @Override
        public int generationOf(DeviceId device) {
          return generation.get();
        }
      };

  private KnownStates states = states(10_000);

  private static Subject subject(String device) {
    return new Subject(new DeviceId(device), Kind.ENVIRONMENT);
  }

  private KnownStates states(int most) {
    return new KnownStates(registry, most, 8 << 20, disk.states());
  }

  private MessageReading reading() {
    return new MessageReading("test", registry, states, null, null, TestProfiles.RECEIVED, false);
  }

  private Optional<Boolean> says(Subject subject, String input, boolean wet) {
    MessageReading reading = reading();
    Optional<Boolean> news =
        conditions.change(reading, subject, LEAK, _ -> true, Map.of(input, wet), null);
    disk.write(reading.basis().states());
    return news;
  }

  private void invented(int from, int to) {
    IntStream.range(from, to)
        .forEach(
            i -> {
              MessageReading reading = reading();
              changes.isChange(reading, subject("invented-" + i), "state", "open");
              disk.write(reading.basis().states());
            });
  }

  /** An alarm that lasts is what has changed for the longest. */
  @Test
  void inventedDevicesMakeNoGatewayForgetAnAlarmThatHolds() {
    states = states(32);
    assertThat(says(BOX, "probe", true)).isEqualTo(BEGAN);

    invented(0, 1_000);

    assertThat(says(BOX, "probe", true)).as("it holds, and that is known").isEqualTo(NO_NEWS);
    assertThat(states.size()).isLessThanOrEqualTo(32);
    states = states(32);
    assertThat(says(BOX, "probe", true)).as("also on the disk").isEqualTo(NO_NEWS);
  }

  @Test
  void alarmsOfInventedDevicesPushOutNoRegisteredDevice() {
    states = states(32);
    assertThat(says(subject("registered-1"), "probe", false)).isEqualTo(ENDED);

    IntStream.range(0, 1_000).forEach(i -> says(subject("invented-" + i), "probe", true));

    assertThat(says(subject("registered-1"), "probe", false)).isEqualTo(NO_NEWS);
    assertThat(states.size()).isLessThanOrEqualTo(32);
  }

  @Test
  void anAlarmThatIsOverIsForgottenLikeAnyOtherState() {
    states = states(32);
    says(BOX, "probe", true);
    says(BOX, "probe", false);

    invented(0, 1_000);

    assertThat(says(BOX, "probe", false)).as("said anew").isEqualTo(ENDED);
  }

  @Test
  void anInputThatIsForgottenNeitherEndsAnAlarmNorKeepsItForEver() {
    int inputs = StateMemory.MOST_OF_DEVICE + 100;
    for (int i = 0; i < inputs; i++) {
      assertThat(says(BOX, "probe-" + i, true)).isEqualTo(BEGAN);
    }
    for (int i = 100; i < inputs - 1; i++) {
      assertThat(says(BOX, "probe-" + i, false)).as("others hold").isEqualTo(NO_NEWS);
    }
    assertThat(says(BOX, "probe-0", true)).as("it was forgotten and holds").isEqualTo(BEGAN);
    assertThat(says(BOX, "probe-" + (inputs - 1), false)).isEqualTo(NO_NEWS);

    assertThat(says(BOX, "probe-0", false)).as("none that is known holds").isEqualTo(ENDED);
  }

  @Test
  void ofManyInputsTheOneThatHoldsIsKnownWhateverTheOthersSay() {
    assertThat(says(BOX, "probe", true)).isEqualTo(BEGAN);
    for (int i = 0; i < 3 * StateMemory.MOST_OF_DEVICE; i++) {
      assertThat(says(BOX, "dry-" + i, false)).isEqualTo(NO_NEWS);
    }
    assertThat(says(BOX, "probe", true)).isEqualTo(NO_NEWS);
    assertThat(says(BOX, "probe", false)).isEqualTo(ENDED);
  }

  /** Nothing says that an input has another name now, and its end may still come. */
  @Test
  void anInputThatIsRenamedKeepsItsAlarmOpenAndSwallowsNone() {
    assertThat(says(BOX, "leak", true)).isEqualTo(BEGAN);

    assertThat(says(BOX, "water_leak", false)).as("another input").isEqualTo(NO_NEWS);
    assertThat(says(BOX, "water_leak", true)).as("a new beginning").isEqualTo(BEGAN);
    assertThat(says(BOX, "water_leak", false)).isEqualTo(NO_NEWS);
    assertThat(says(BOX, "water_leak", true)).as("and another").isEqualTo(BEGAN);

    generation.set(2);
    assertThat(says(BOX, "water_leak", true)).as("of new hardware").isEqualTo(BEGAN);
    assertThat(says(BOX, "water_leak", false)).as("the old name is gone").isEqualTo(ENDED);
  }

  /** Readers are many, and the writer takes their messages in the order in which they are ready. */
  @Test
  void anOlderStateThatIsWrittenAfterANewerOneWasForgottenIsNotKnown() {
    states = states(32);
    MessageReading older = reading();
    changes.isChange(older, BOX, "state", "forced");
    MessageReading newer = reading();
    changes.isChange(newer, BOX, "state", "closed");
    disk.write(newer.basis().states());
    invented(0, 100);

    disk.write(older.basis().states());

    assertThat(knownAfterARestart()).as("it was closed last").isEmpty();
  }

  @Test
  void noOlderOneEitherIfWhatWasSaidSinceCouldNotBeKept() {
    states = states(32);
    MessageReading older = reading();
    changes.isChange(older, BOX, "state", "forced");
    MessageReading newer = reading();
    changes.isChange(newer, BOX, "state", "closed");
    disk.write(newer.basis().states());
    invented(0, 100);
    MessageReading since = reading();
    changes.isChange(since, BOX, "state", "open");

    disk.write(older.basis().states());
    since.basis().undo();

    assertThat(knownAfterARestart()).isEmpty();
  }

  private List<String> knownAfterARestart() {
    states = states(10_000);
    StateChange.Known known = changes.known(reading(), BOX, "state");
    return known == null ? List.of() : List.of(known.state());
  }
}
