package org.linli.edge.profile.zigbee2mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.TestProfiles.events;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.profile.KnownDevices;
import org.linli.edge.profile.ProfileSettings;
import org.linli.edge.profile.TestProfiles;

/**
 * A coordinator's clock may be wrong; what it has cached is judged by its own time all the same.
 */
class CoordinatorClockTest {

  private static final Instant NOW = TestProfiles.RECEIVED;
  private static final Duration DAYS = Duration.ofDays(3);

  private final TestProfiles zigbee =
      TestProfiles.of(
          KnownDevices.NONE,
          new Zigbee2MqttProfile(
              new Zigbee2MqttSettings("zigbee2mqtt", 15, List.of(), List.of("sos"), Map.of()),
              new ProfileSettings(ZoneId.of("Asia/Shanghai"), List.of())));

  /** What is told so many seconds after the beginning. */
  private List<String> told(String device, int second, boolean wet, Instant seen) {
    return events(
            zigbee
                .at(NOW.plusSeconds(second))
                .published(
                    "zigbee2mqtt/" + device,
                    "{\"water_leak\":%s,\"last_seen\":%d}".formatted(wet, seen.toEpochMilli())))
        .stream()
        .map(event -> event.type().value())
        .filter(type -> !type.equals("measurement"))
        .toList();
  }

  /** Of a device that says it now, by a clock that is so much behind. */
  private List<String> live(String device, int second, boolean wet, Duration behind) {
    return told(device, second, wet, NOW.plusSeconds(second).minus(behind));
  }

  @Test
  void tellsTheAlarmsOfACoordinatorWhoseClockIsDaysBehind() {
    live("plug", 0, false, DAYS);
    live("plug", 10, false, DAYS);

    assertThat(live("leak", 20, true, DAYS)).containsExactly("water.leak");
    assertThat(live("leak", 30, true, DAYS)).isEmpty();
    assertThat(live("leak", 40, false, DAYS)).containsExactly("water.cleared");
    assertThat(told("leak", 50, true, NOW.plusSeconds(30).minus(DAYS)))
        .as("cached, and older than the end")
        .isEmpty();
    assertThat(told("leak-2", 50, true, NOW.minus(DAYS).minus(DAYS)))
        .as("cached for three days by that clock")
        .isEmpty();
  }

  @Test
  void tellsTheAlarmsOfACoordinatorWhoseClockWasSetBack() {
    assertThat(live("leak", 0, false, Duration.ZERO)).containsExactly("water.cleared");
    assertThat(live("leak", 10, true, Duration.ofHours(1))).as("as a cached one").isEmpty();
    assertThat(live("leak", 20, true, Duration.ofHours(1))).containsExactly("water.leak");

    assertThat(live("leak", 30, false, Duration.ZERO))
        .as("the clock was set right")
        .containsExactly("water.cleared");
    assertThat(told("leak", 40, true, NOW.plusSeconds(20).minus(Duration.ofHours(1))))
        .as("cached")
        .isEmpty();
  }

  @Test
  void aClockThatWasALittleAheadAndIsSetRightSilencesNoAlarm() {
    live("leak", 0, false, Duration.ofMinutes(-4));

    assertThat(live("leak", 1, true, Duration.ZERO)).containsExactly("water.leak");
  }

  /** However often a coordinator is started, and in whatever order it sends what it had cached. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void tellsNothingThatIsCachedAgainAndAgain(long seed) {
    Random random = new Random(seed);
    List<String> told = new ArrayList<>();
    for (int second = 0; second < 2_000; second += random.nextInt(20)) {
      int device = random.nextInt(200);
      told.addAll(told("leak-" + device, second, true, NOW.minus(DAYS).plusSeconds(device * 7L)));
    }
    assertThat(told).isEmpty();
  }

  /** A broker that kept messages for days delivers them all at once. */
  @Test
  void takesAQueueForNoClock() {
    for (int i = 0; i < 200; i++) {
      assertThat(told("leak", i / 10, i % 2 == 0, NOW.minus(DAYS).plusSeconds(i))).isEmpty();
    }
  }
}
