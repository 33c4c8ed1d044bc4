package org.linli.edge.profile.chirpstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;

/** A leak lasts until no probe of the sensor is wet any more. */
class LastingLeaksTest extends SensorTests {

  /** Half of the alarm's end does not end it. */
  @Test
  void endsALeakOnlyWhenNoProbeIsWetAnyMore() {
    assertThat(types(uplink("01", "x", "leak_detected", "true"))).contains("water.leak");
    assertThat(types(uplink("01", "x", "leakage_status", "\"normal\"")))
        .containsExactly("measurement");
    assertThat(types(uplink("01", "x", "battery", "3"))).containsExactly("measurement");
    assertThat(types(uplink("01", "x", "leak_detected", "false"))).contains("water.cleared");
  }

  private static Map<String, String> waters(List<String> fields) {
    return fields.stream().collect(Collectors.toMap(field -> "box/" + field, _ -> "water"));
  }

  /** The last two have the same hash. */
  @Test
  void endsALeakOnlyWhenNoneOfManyProbesIsWetAnyMore() {
    List<String> probes = new ArrayList<>(List.of("AaAa", "BBBB"));
    IntStream.range(0, 100).forEach(i -> probes.add("probe-" + i));
    TestProfiles box = with(waters(probes));
    probes.forEach(each -> assertThat(probe(box, each, true)).contains("water.leak"));

    for (String each : probes.reversed()) {
      assertThat(probe(box, each, false).contains("water.cleared"))
          .as(each)
          .isEqualTo(each.equals("AaAa"));
    }
  }

  @Test
  void aLeakThatWasWithdrawnKeepsNoneAlive() {
    said("d1", "01", "x", "{\"leakage_status\":\"leak\"}");
    said("d2", "01", "x", "{\"leakage_status\":\"normal\"}");
    Interpreted late = said("d1", "01", "x", "{\"leakage_status\":\"leak\"}");
    assertThat(late).isInstanceOf(Interpreted.Understood.class);
    late.basis().repeated(_ -> true);

    assertThat(types(uplink("01", "x", "water_leak", "true"))).contains("water.leak");
    assertThat(types(uplink("01", "x", "water_leak", "false"))).contains("water.cleared");
  }

  @Test
  void aFieldThatMeansSomethingElseNowKeepsNoLeakAlive() {
    TestProfiles box = with(waters(List.of("one", "two")));
    probe(box, "one", true);

    TestProfiles restarted = restarted(box, Map.of("box/one", "motion", "box/two", "water"));
    assertThat(probe(restarted, "two", true)).contains("water.leak");
    assertThat(probe(restarted, "two", false)).contains("water.cleared");
  }

  @Test
  void judgesNoStateByWhatItsFieldMeantBefore() {
    TestProfiles box = with(Map.of("box/one", "door"));
    assertThat(probe(box, "one", true)).contains("door.opened");

    TestProfiles restarted = restarted(box, Map.of("box/one", "motion"));
    assertThat(probe(restarted, "one", true)).contains("occupancy.detected");
    assertThat(probe(restarted(restarted, Map.of("box/one", "motion")), "one", true))
        .as("the same settings")
        .containsExactly("measurement");
  }

  private static TestProfiles restarted(TestProfiles before, Map<String, String> sensors) {
    return before.restartedAs(
        new ChirpStackProfile(new ChirpStackSettings("", 20, Map.of(), sensors)));
  }

  private static List<String> probe(TestProfiles box, String field, boolean on) {
    return types(
        box.published(
            "application/a/device/07/event/up",
            "{\"deviceInfo\":{\"deviceProfileName\":\"box\"},\"object\":{\"%s\":%s}}"
                .formatted(field, on)));
  }

  /** Whatever else is sent in whatever order, only the probe's own end ends its leak. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void leavesALeakLeaking(long seed) {
    List<String> others =
        List.of(
            "{\"water_leak\":\"normal\"}",
            "{\"leak\":\"unknown\"}",
            "{\"leakage_status\":\"perhaps\"}",
            "{\"smoke\":\"normal\",\"door\":\"closed\"}",
            "{\"gas\":12,\"battery\":3}",
            "{\"history\":[{\"leakage_status\":\"normal\"}]}",
            "{\"tamper_status\":\"installed\"}",
            "{}");
    Random random = new Random(seed);
    assertThat(types(sent("0e", "x", "{\"leakage_status\":\"leak\"}"))).contains("water.leak");

    for (int i = 0; i < 200; i++) {
      Interpreted told =
          random.nextInt(4) == 0
              ? sent("0f", "x", "{\"leakage_status\":\"normal\"}")
              : sent("0e", "x", others.get(random.nextInt(others.size())));
      if (told instanceof Interpreted.Understood understood) {
        assertThat(understood.events())
            .filteredOn(each -> each.type().value().equals("water.cleared"))
            .noneMatch(each -> each.device().value().equals("0e"));
      }
    }
    assertThat(types(sent("0e", "x", "{\"leakage_status\":\"normal\"}"))).contains("water.cleared");
  }

  @Test
  void whatOneChannelSaysEndsNothingThatAnotherOneSaid() {
    String said = "{\"zone\":%s,\"leakage_status\":\"%s\"}";
    assertThat(types(sent("02", "x", said.formatted("2", "leak")))).contains("water.leak");
    assertThat(types(sent("02", "x", said.formatted("3", "normal"))))
        .containsExactly("measurement");
    assertThat(types(sent("02", "x", "{\"leakage_status\":\"normal\"}")))
        .containsExactly("measurement");
    assertThat(types(sent("02", "x", said.formatted("\"02\"", "normal"))))
        .contains("water.cleared");
  }

  /** A list of what changed has other places each time. */
  @Test
  void whatOneEntryOfAListSaysEndsNothingThatAnotherOneSaid() {
    String said = "{\"sensors\":[{\"channel\":%d,\"leakage_status\":\"%s\"}]}";
    assertThat(types(sent("03", "x", said.formatted(1, "leak")))).contains("water.leak");
    assertThat(types(sent("03", "x", said.formatted(2, "normal")))).containsExactly("measurement");
    assertThat(
            types(
                sent(
                    "03",
                    "x",
                    "{\"sensors\":[{\"channel\":2},{\"channel\":\"01\",\"leakage_status\":\"normal\"}]}")))
        .contains("water.cleared");
  }
}
