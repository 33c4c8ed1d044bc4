package org.linli.edge.profile.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.linli.edge.profile.TestProfiles.events;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.Kind;

/** Metrics of which a setting says that they are alarms. */
class SparkplugSensorsTest {

  private final TestProfiles profiles =
      TestProfiles.of(
          new SparkplugProfile(
              new SparkplugSettings(
                  Map.of("plant/node-1/sensor-1/smoke", "smoke", "plant/node-1/smoke", "sos"))));

  /** One metric {@code smoke} of the data type Boolean. */
  private List<DeviceEvent> smoke(String topic, boolean on) {
    String payload = "120b0a05736d6f6b65200b70" + (on ? "01" : "00");
    return events(profiles.published(topic, HexFormat.of().parseHex(payload)));
  }

  private List<String> types(String topic, boolean on) {
    return smoke(topic, on).stream().map(each -> each.type().value()).toList();
  }

  @Test
  void tellsAnAlarmAndItsEnd() {
    String topic = "spBv1.0/plant/DDATA/node-1/sensor-1";

    assertThat(types(topic, true)).containsExactly("measurement", "smoke.detected");
    assertThat(types(topic, true)).containsExactly("measurement");
    assertThat(types("spBv1.0/plant/DBIRTH/node-1/sensor-1", true))
        .containsExactly("device.online", "measurement");
    assertThat(types("spBv1.0/plant/DDATA/node-1/sensor-2", false)).containsExactly("measurement");
    assertThat(types(topic, false)).containsExactly("measurement", "smoke.cleared");
  }

  @Test
  void tellsEachCallOfANodeItself() {
    for (int i = 0; i < 2; i++) {
      assertThat(smoke("spBv1.0/plant/NDATA/node-1", true))
          .extracting(each -> each.type().value(), DeviceEvent::kind)
          .containsExactly(tuple("measurement", Kind.CARE), tuple("sos.pressed", Kind.CARE));
    }
  }

  @Test
  void namesASettingThatItCannotRead() {
    assertThatThrownBy(() -> new SparkplugSettings(Map.of("node/x", "wet")))
        .hasMessageContaining("linli.profile.sparkplug.sensors[node/x] is 'wet'");
  }
}
