package org.linli.edge.profile.chirpstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.linli.edge.profile.TestProfiles.events;
import static org.linli.edge.profile.TestProfiles.refusal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.Value;

class ChirpStackProfileTest {

  private static final String INFO =
      "'time':'2026-11-23T05:15:59.775023242+00:00','deviceInfo':{'devEui':'0101','deviceProfileName':'box'}";

  private final TestProfiles profiles =
      TestProfiles.of(
          new ChirpStackProfile(
              new ChirpStackSettings("", 20, Map.of("box", "cayenne-lpp"), Map.of())));

  @Test
  void takesWhatACodecMadeAndTheBestOfTheRadio() {
    DeviceEvent event =
        events(
                sent(
                    "up",
                    "{'deduplicationId':'d1',"
                        + INFO
                        + ",'fPort':2,'data':'qg==','object':{'a':{'b':1.5}},"
                        + "'rxInfo':[{'rssi':-90,'snr':3},{'rssi':-36,'snr':-1.5},{}]}"))
            .getFirst();

    assertThat(event.device().value()).isEqualTo("0101");
    assertThat(event.type().value()).isEqualTo("measurement");
    assertThat(event.givenId().orElseThrow().value()).isEqualTo("d1");
    assertThat(event.time()).isEqualTo(Instant.parse("2026-11-23T05:15:59.775Z"));
    assertThat(event.values().byName())
        .containsEntry("a.b", new Value.Real(1.5))
        .containsEntry("fPort", new Value.Whole(2))
        .containsEntry("rssi", new Value.Whole(-36))
        .containsEntry("snr", new Value.Whole(3))
        .containsEntry("gateways", new Value.Whole(3))
        .doesNotContainKey("data");
  }

  @Test
  void decodesCayenneLppWhereTheSettingsSaySo() {
    // Channel 1 temperature -4.1, 2 humidity 40.5, 3 digital input 1, 4 a position.
    assertThat(values("AWf/1wJoUQMAAQSIBnZf8pYKAAPo"))
        .containsEntry("temperature.1", new Value.Real(-4.1))
        .containsEntry("humidity.2", new Value.Real(40.5))
        .containsEntry("digital-input.3", new Value.Whole(1))
        .containsEntry("latitude.4", new Value.Real(42.3519))
        .containsEntry("longitude.4", new Value.Real(-87.9094))
        .containsEntry("altitude.4", new Value.Real(10));
    assertThat(refusal(uplink("AWc=")).detail()).isEqualTo("data: byte 0: type 103 is cut off");
    assertThat(refusal(uplink("AU0=")).detail())
        .isEqualTo("data: byte 1: type 77 is none of Cayenne LPP's");
  }

  @Test
  void keepsTheBytesOfADeviceThatNobodyDecodes() {
    assertThat(
            events(
                    sent(
                        "up",
                        "{'deviceInfo':{'deviceProfileName':'other'},'fPort':1,'data':'qgH/'}"))
                .getFirst()
                .values()
                .byName())
        .containsEntry("data", new Value.Text("aa01ff"))
        .containsEntry("fPort", new Value.Whole(1));
  }

  @Test
  void tellsALowBatteryOnce() {
    assertThat(types(status(12.5))).containsExactly("measurement", "battery.low");
    assertThat(types(status(11))).containsExactly("measurement");
    assertThat(types(status(80))).containsExactly("measurement", "battery.normal");
    assertThat(types(sent("status", "{" + INFO + ",'externalPowerSource':true,'batteryLevel':0}")))
        .containsExactly("measurement");
    assertThat(
            types(sent("status", "{" + INFO + ",'batteryLevelUnavailable':true,'batteryLevel':0}")))
        .containsExactly("measurement");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "join|'devAddr':'00189440'|device.joined",
        "log|'level':'ERROR','code':'UPLINK_MIC','description':'x'|device.log",
        "location|'location':{'latitude':31.2}|measurement",
        "ack|'acknowledged':true|downlink.confirmed",
        "ack|'queueItemId':'q'|downlink.not-confirmed",
        "txack|'gatewayId':'g'|downlink.sent",
        "integration|'object':{'a':1}|measurement",
      })
  void readsEveryEvent(String event, String fields, String type) {
    List<DeviceEvent> events =
        events(sent(event, "{'deduplicationId':'d1'," + INFO + "," + fields + "}"));

    assertThat(events).hasSize(1);
    assertThat(events.getFirst().type().value()).isEqualTo(type);
    assertThat(events.getFirst().givenId().orElseThrow().value()).isEqualTo(event + ":d1");
  }

  @Test
  void readsWhatTheHttpIntegrationPosts() {
    List<DeviceEvent> events =
        events(
            profiles.posted(
                "chirpstack", "lora-1", "", bytes("{" + INFO + ",'devAddr':'00189440'}")));

    assertThat(events.getFirst().device().value()).isEqualTo("lora-1:0101");
    assertThat(events.getFirst().type().value()).isEqualTo("device.joined");
    assertThat(refusal(profiles.posted("chirpstack", "lora-1", "", bytes("{}"))).detail())
        .startsWith("deviceInfo: is missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "up|[]|the message is no JSON object",
        "up|{'data':'?'}|data: is not base64",
        "up|{'data':7}|data: is not a string",
        "up|{'deduplicationId':7}|deduplicationId: is not a string",
        "up|{'deduplicationId':'~x','data':'qg=='}|id: id starts with ~",
        "status|{'batteryLevel':'full'}|batteryLevel: is not a number",
        "location|{'location':7}|location: is missing or no object",
        "ack|{'acknowledged':'yes'}|acknowledged: is neither true nor false",
      })
  void refusesWithTheField(String event, String payload, String detail) {
    assertThat(refusal(sent(event, payload)).detail()).contains(detail);
  }

  @Test
  void readsBelowAPrefix() {
    TestProfiles prefixed =
        TestProfiles.of(
            new ChirpStackProfile(new ChirpStackSettings("a/b", 20, Map.of(), Map.of())));

    assertThat(
            events(
                    prefixed.published(
                        "a/b/application/x/device/0102/event/up", bytes("{'data':'qg=='}")))
                .getFirst()
                .device()
                .value())
        .isEqualTo("0102");
  }

  @Test
  void doesNotBeginWithSettingsThatCannotBe() {
    assertThatThrownBy(() -> new ChirpStackSettings("a/#", 20, Map.of(), Map.of()))
        .hasMessageContaining("linli.profile.chirpstack.prefix is 'a/#'");
    assertThatThrownBy(() -> new ChirpStackSettings("", 120, Map.of(), Map.of()))
        .hasMessageContaining("linli.profile.chirpstack.battery-low is 120.0");
    assertThatThrownBy(() -> new ChirpStackSettings("", 20, Map.of("x y", "lpp"), Map.of()))
        .hasMessage(
            "linli.profile.chirpstack.decoders[x y] is 'lpp', which is none of cayenne-lpp");
  }

  private Map<String, Value> values(String data) {
    return events(uplink(data)).getFirst().values().byName();
  }

  private Interpreted uplink(String data) {
    return sent("up", "{" + INFO + ",'data':'" + data + "'}");
  }

  private Interpreted status(double level) {
    return sent("status", "{" + INFO + ",'batteryLevel':" + level + "}");
  }

  private Interpreted sent(String event, String payload) {
    return profiles.published("application/a/device/0101/event/" + event, bytes(payload));
  }

  private static byte[] bytes(String payload) {
    return payload.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> types(Interpreted interpreted) {
    return events(interpreted).stream().map(event -> event.type().value()).toList();
  }
}
