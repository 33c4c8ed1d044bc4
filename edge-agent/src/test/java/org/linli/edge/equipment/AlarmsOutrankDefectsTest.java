package org.linli.edge.equipment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.RunningGateway;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Message;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;

/** In every profile an alarm is taken whatever is broken beside it. */
class AlarmsOutrankDefectsTest {

  private static final Instant RECEIVED = Instant.parse("2026-11-23T05:16:01.500Z");
  private static RunningGateway gateway;

  @TempDir static Path data;

  @BeforeAll
  static void start() {
    gateway =
        RunningGateway.start(
            data,
            "--linli.profile.tasmota.sensors[pump/Switch1]=water",
            "--linli.profile.tasmota.sensors[pump/Switch2]=water");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "zigbee2mqtt/a1|{\"smoke\":true,\"last_seen\":\"yesterday\"}|smoke.detected",
        "zigbee2mqtt/a2|{\"smoke\":true,\"water_leak\":\"maybe\",\"last_seen\":1e99}|smoke.detected",
        "zigbee2mqtt/a3|{\"gas\":true,\"carbon_monoxide\":[],\"action\":7}|gas.detected",
        "tele/a4/SENSOR|{\"Time\":\"never\",\"ZbReceived\":{\"0x1\":{\"Fire\":1}}}|smoke.detected",
        "tele/pump/SENSOR|{\"Time\":{},\"Switch1\":\"ON\",\"Switch2\":\"?\"}|water.leak",
        "frigate/reviews|{\"type\":\"new\",\"after\":{\"id\":\"r1\",\"camera\":\"a5\",\"severity\":\"alert\","
            + "\"start_time\":\"soon\",\"data\":{\"objects\":[\"person\"],\"zones\":[\"z\"],\"audio\":7}}}|zone.intruded",
        "application/x/device/0101010101010109/event/join|{\"time\":\"x\",\"deduplicationId\":7,\"devAddr\":\"1\"}|device.joined",
        "v1/gateway/disconnect|{\"device\":\"a6\",\"type\":7}|device.offline",
        "v1/gateway/telemetry|{\"a7\":[{\"ts\":\"today\",\"values\":{\"k\":1}}]}|measurement",
        "v1/gateway/telemetry|{\"a8\":[{\"values\":{\"k\":1}}]}|measurement",
        "device/a9/message/up/ivs_result|{\"AlarmInfoPlate\":{\"result\":{\"PlateResult\":{\"license\":\"A12345\","
            + "\"confidence\":\"much\",\"imageFile\":\"?\",\"timeStamp\":{\"Timeval\":{\"sec\":\"x\"}}}}}}|plate.read",
      })
  void takesAnAlarmWhateverIsBrokenBesideIt(String topic, String payload, String type) {
    assertThat(types(topic, payload)).contains(type);
  }

  private static List<String> types(String topic, String payload) {
    return events(Address.published(topic, "client-1"), payload).stream()
        .map(event -> event.type().value())
        .toList();
  }

  private static List<DeviceEvent> events(Address address, String payload) {
    Interpreted interpreted =
        gateway
            .profiles()
            .interpret(
                new Message(
                    "test://x",
                    address,
                    payload.getBytes(StandardCharsets.UTF_8),
                    RECEIVED,
                    TestProfiles.NOBODY));
    return interpreted instanceof Interpreted.Understood understood
        ? understood.events()
        : List.of();
  }
}
