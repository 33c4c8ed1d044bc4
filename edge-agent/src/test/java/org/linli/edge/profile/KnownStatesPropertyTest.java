package org.linli.edge.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceId;
import org.linli.event.Kind;

/**
 * Whatever is said, kept, not kept, refused and forgotten, in whatever order and over any restart:
 * no state comes back that is older than the last one that was kept.
 */
class KnownStatesPropertyTest {

  private static final int MOST = 16;

  /** One thing that happens. The number of a message is that among those under way. */
  sealed interface Step {

    record Say(int device, int signal, int state) implements Step {}

    record Keep(int message) implements Step {}

    record NotKeep(int message) implements Step {}

    record Refuse(int device, int signal, int state) implements Step {}

    record Restart() implements Step {}
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> device = Arbitraries.integers().between(1, 8);
    Arbitrary<Integer> signal = Arbitraries.integers().between(1, 3);
    Arbitrary<Integer> state = Arbitraries.integers().between(1, 3);
    Arbitrary<Integer> message = Arbitraries.integers().between(0, 9);
    Arbitrary<Step> step =
        Arbitraries.frequencyOf(
            Tuple.of(12, Combinators.combine(device, signal, state).as(Step.Say::new)),
            Tuple.of(8, message.map(Step.Keep::new)),
            Tuple.of(3, message.map(Step.NotKeep::new)),
            Tuple.of(2, Combinators.combine(device, signal, state).as(Step.Refuse::new)),
            Tuple.of(1, Arbitraries.just(new Step.Restart())));
    return step.list().ofMinSize(1).ofMaxSize(120);
  }

  @Property(tries = 2_000, shrinking = ShrinkingMode.BOUNDED)
  void noStateComesBackThatIsOlderThanTheLastKept(@ForAll("steps") List<Step> steps) {
    Gateway gateway = new Gateway();
    for (Step step : steps) {
      gateway.take(step);
      gateway.compare();
    }
    gateway.take(new Step.Restart());
    gateway.compare();
  }

  private record Key(int device, int signal) {}

  /** A message; its changes in the order in which they were said. */
  private record Sent(int order, Key key, int state, boolean isChange, MessageReading reading) {}

  private static final class Gateway {
    private final Changes changes = new Changes();
    private final TestDisk disk = new TestDisk();
    private final List<Sent> underWay = new ArrayList<>();

    /** The last kept change of each signal. */
    private final Map<Key, Sent> kept = new HashMap<>();

    private KnownStates states = states();
    private int said;

    private KnownStates states() {
      return new KnownStates(KnownDevices.NONE, MOST, 8 << 20, disk.states());
    }

    void take(Step step) {
      switch (step) {
        case Step.Say(int device, int signal, int state) -> {
          Sent sent = say(new Key(device, signal), state);
          underWay.add(sent);
        }
        case Step.Keep(int number) when number < underWay.size() -> {
          Sent sent = underWay.remove(number);
          if (sent.reading().basis().holds()) {
            keep(sent);
          } else {
            sent.reading().basis().undo();
          }
        }
        case Step.NotKeep(int number) when number < underWay.size() ->
            underWay.remove(number).reading().basis().undo();
        case Step.Refuse(int device, int signal, int state) -> {
          Sent letter = say(new Key(device, signal), state);
          letter.reading().basis().refused();
          disk.write(letter.reading().basis().states());
        }
        case Step.Restart() -> {
          underWay.clear();
          states = states();
        }
        case Step.Keep _, Step.NotKeep _ -> {}
      }
    }

    private Sent say(Key key, int state) {
      MessageReading reading =
          new MessageReading(
              "test", KnownDevices.NONE, states, null, null, TestProfiles.RECEIVED, false);
      boolean isChange = changes.isChange(reading, subject(key), name(key), state);
      return new Sent(++said, key, state, isChange, reading);
    }

    private void keep(Sent sent) {
      disk.write(sent.reading().basis().states());
      if (sent.isChange()) {
        kept.merge(sent.key(), sent, (before, now) -> before.order() < now.order() ? now : before);
      }
    }

    /** What is known is the last kept state, a later one that is under way, or nothing. */
    void compare() {
      for (Map.Entry<Key, Sent> entry : kept.entrySet()) {
        Key key = entry.getKey();
        Set<@Nullable String> possible = new HashSet<>();
        possible.add(null);
        possible.add(String.valueOf(entry.getValue().state()));
        underWay.stream()
            .filter(sent -> sent.key().equals(key) && sent.order() > entry.getValue().order())
            .forEach(sent -> possible.add(String.valueOf(sent.state())));
        assertThat(possible).as("%s", key).contains(known(key));
      }
    }

    private @Nullable String known(Key key) {
      MessageReading reading =
          new MessageReading(
              "test", KnownDevices.NONE, states, null, null, TestProfiles.RECEIVED, false);
      StateChange.Known known = changes.known(reading, subject(key), name(key));
      return known == null ? null : known.state();
    }

    private static Subject subject(Key key) {
      return new Subject(new DeviceId("device-" + key.device()), Kind.ACCESS);
    }

    private static String name(Key key) {
      return "signal-" + key.signal();
    }
  }
}
