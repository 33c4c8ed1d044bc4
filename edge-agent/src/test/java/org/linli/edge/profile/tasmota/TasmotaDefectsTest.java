package org.linli.edge.profile.tasmota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.TestProfiles.events;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.profile.ProfileSettings;
import org.linli.edge.profile.TestProfiles;

/** What becomes of a Zigbee device's state beside something that cannot be read. */
class TasmotaDefectsTest {

  private final TestProfiles tasmota =
      TestProfiles.of(
          new TasmotaProfile(
              new TasmotaSettings(List.of("%prefix%/%topic%/"), Map.of(), null, Map.of(), 15),
              new ProfileSettings(ZoneId.of("Asia/Shanghai"), List.of())));

  private List<String> types(String topic, String payload) {
    return events(tasmota.published(topic, payload)).stream()
        .map(event -> event.type().value())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"0x1\":7,%s",
        "%s,\"0x1\":7",
        "\"0x1\":{\"Name\":\"NAME\"},%s",
        "\"0x1\":{\"Water\":\"perhaps\"},%s"
      })
  void takesTheAlarmOfANeighbourOfSomethingBroken(String both) {
    String received =
        both.replace("NAME", "n".repeat(400)).formatted("\"0x2\":{\"Name\":\"hall\",\"Fire\":1}");

    assertThat(types("tele/zb/SENSOR", "{\"ZbReceived\":{" + received + "}}"))
        .contains("smoke.detected");
  }

  /** Otherwise the next call for help would be a repeat. */
  @Test
  void recordsAnEndBesideSomethingBroken() {
    String panic = "{\"ZbReceived\":{\"0x1\":7,\"0x2\":{\"Panic\":%d}}}";

    assertThat(types("tele/zb/SENSOR", panic.formatted(1))).contains("sos.pressed");
    assertThat(types("tele/zb/SENSOR", panic.formatted(0))).containsExactly("measurement");
    assertThat(types("tele/zb/SENSOR", panic.formatted(1))).contains("sos.pressed");
  }
}
