package org.linli.edge.profile.tasmota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.linli.edge.profile.TestProfiles.RECEIVED;
import static org.linli.edge.profile.TestProfiles.events;
import static org.linli.edge.profile.TestProfiles.refusal;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.KnownDevices;
import org.linli.edge.profile.ProfileSettings;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;

/** In which forms of the topic and of the time Tasmota is read, and which settings are refused. */
class TasmotaFormsTest {

  private static final ProfileSettings COMMON =
      new ProfileSettings(ZoneId.of("Asia/Shanghai"), List.of());
  private static final List<String> FORMS =
      List.of("%prefix%/%topic%/", "tasmota/%topic%/%prefix%/");

  private final TestProfiles tasmota = with(FORMS, Map.of());

  private static TestProfiles with(List<String> forms, Map<String, ZoneId> zones) {
    return TestProfiles.of(
        KnownDevices.NONE,
        new TasmotaProfile(new TasmotaSettings(forms, Map.of(), null, zones, 15), COMMON));
  }

  private DeviceEvent first(String topic, String payload) {
    return events(tasmota.published(topic, payload)).getFirst();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"2026-11-23T13:16:00\"",
        "\"2026-11-23T13:16:00.000\"",
        "\"2026-11-23T06:16:00+01:00\"",
        "\"2026-11-23T05:16:00Z\"",
        "1795410960",
        "\"2026-11-23T22:16:00\",\"Epoch\":1795410960"
      })
  void believesTheTimeInEachForm(String time) {
    assertThat(first("tele/a/STATE", "{\"Time\":" + time + ",\"Vcc\":3.1}").time())
        .isEqualTo(Instant.parse("2026-11-23T05:16:00Z"));
  }

  @Test
  void readsTimesOfDevicesInThreeZones() {
    TestProfiles zoned =
        with(
            FORMS,
            Map.of(
                "berlin", ZoneId.of("Europe/Berlin"), "new-york", ZoneId.of("America/New_York")));

    assertThat(
            List.of(
                time(zoned, "shanghai", "2026-11-23T13:16:00"),
                time(zoned, "berlin", "2026-11-23T06:16:00"),
                time(zoned, "new-york", "2026-11-23T00:16:00")))
        .containsOnly(Instant.parse("2026-11-23T05:16:00Z"));
    assertThat(time(zoned, "berlin", "2026-07-01T06:16:00"))
        .as("of a device whose clock is wrong")
        .isEqualTo(RECEIVED);
  }

  private static Instant time(TestProfiles profiles, String device, String time) {
    return events(
            profiles.published(
                "tele/" + device + "/STATE", "{\"Time\":\"%s\",\"Vcc\":3}".formatted(time)))
        .getFirst()
        .time();
  }

  @ParameterizedTest
  @CsvSource({
    "tele/lamp/STATE, lamp",
    "tele/top floor/bath/lamp/STATE, top@20floor:bath:lamp",
    "tasmota/lamp/tele/STATE, lamp",
    "tasmota/bath/lamp/tele/STATE, bath:lamp",
    "tasmota/zb/tele/5ADF/STATE, zb:5ADF"
  })
  void readsBothOrdersOfTheTopic(String topic, String device) {
    assertThat(first(topic, "{\"Vcc\":3}").device().value()).isEqualTo(device);
  }

  @Test
  void readsOtherFormsOfTheTopic() {
    TestProfiles others =
        with(List.of("%prefix%/home/cellar/%topic%", "site/%topic%/%prefix%/"), Map.of());

    assertThat(
            events(others.published("tele/home/cellar/pump/STATE", "{\"Vcc\":3}"))
                .getFirst()
                .device()
                .value())
        .isEqualTo("pump");
    assertThat(events(others.published("site/pump/tele/LWT", "Online")).getFirst().device().value())
        .isEqualTo("pump");
    assertThat(refusal(others.published("tele/lamp/STATE", "{}")).reason())
        .isEqualTo(RefusalReason.UNKNOWN_ADDRESS);
    assertThat(refusal(others.published("site/pump", "{}")).detail())
        .contains("linli.profile.tasmota.full-topics");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cmnd/lamp/POWER",
        "stat/lamp/LOGGING",
        "tasmota/lamp/cmnd/POWER",
        "tasmota/discovery/5CCF7F000001/config"
      })
  void passesOverHousekeeping(String topic) {
    assertThat(tasmota.published(topic, "ON")).isInstanceOf(Interpreted.PassedOver.class);
    assertThat(tasmota.published("tele/lamp/LWT", "")).isInstanceOf(Interpreted.PassedOver.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%topic%/                           | has '%topic%/': write it as FullTopic stands",
        "%prefix%/%topic%/x                 | has '%prefix%/%topic%/x': write it as FullTopic"
            + " stands",
        "a%prefix%/%topic%/                 | write it as FullTopic stands",
        "%prefix%/+/%topic%/                | write it as FullTopic stands",
        "%prefix%/%topic%/ %prefix%/a/%topic% | has '%prefix%/a/%topic%', which another one"
      })
  void saysWhichFormOfTheTopicIsWrong(String forms, String said) {
    assertThatThrownBy(() -> with(List.of(forms.split(" ")), Map.of()))
        .hasMessageStartingWith("linli.profile.tasmota.full-topics")
        .hasMessageContaining(said);
  }

  @Test
  void saysWhichSettingIsWrong() {
    assertThatThrownBy(() -> settings(Map.of("gate/Switch1", "window"), 15))
        .hasMessage(
            "linli.profile.tasmota.sensors[gate/Switch1] is 'window', which is none of door, water,"
                + " smoke, gas, motion, tamper, sos, fall, button");
    assertThatThrownBy(() -> settings(Map.of("Switch1", "door"), 15))
        .hasMessageContaining("such as door-1/Switch1");
    assertThatThrownBy(() -> settings(Map.of(), 101))
        .hasMessageContaining("linli.profile.tasmota.battery-low");
    assertThatThrownBy(() -> with(List.of(), Map.of())).hasMessageContaining("is empty");
  }

  private static TasmotaSettings settings(Map<String, String> sensors, int batteryLow) {
    return new TasmotaSettings(FORMS, sensors, null, Map.of(), batteryLow);
  }
}
