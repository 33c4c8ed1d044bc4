package org.linli.edge.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.linli.event.DeviceId;
import org.linli.event.EventType;
import org.linli.event.Kind;

class ConditionsTest {

  private static final Subject SENSOR = new Subject(new DeviceId("gas-1"), Kind.ENVIRONMENT);

  private final KnownStates states = KnownStates.untilTheEnd(KnownDevices.NONE);

  /** One message with thousands of inputs would hold up all others. */
  @Test
  void asksOnceOrTwiceOfEachInputWhatItIsAbout() {
    Map<String, Boolean> told = new LinkedHashMap<>();
    for (int i = 0; i < 2_000; i++) {
      told.put("x" + i + ".smoke_alarm", true);
    }
    AtomicInteger asked = new AtomicInteger();
    MessageReading reading =
        new MessageReading(
            "test", KnownDevices.NONE, states, null, null, TestProfiles.RECEIVED, false);

    Map<String, Boolean> completed =
        new Conditions(new Changes())
            .completed(
                reading,
                SENSOR,
                new EventType("smoke.detected"),
                input -> {
                  asked.incrementAndGet();
                  return input;
                },
                told);

    assertThat(completed).isEqualTo(told);
    assertThat(asked.get()).isLessThanOrEqualTo(2 * told.size());
  }
}
