package org.linli.edge.equipment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.equipment.RaisedAlarm.linli;
import static org.linli.edge.equipment.RaisedAlarm.mqtt;
import static org.linli.edge.equipment.RaisedAlarm.post;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.RunningGateway;
import org.linli.edge.equipment.RaisedAlarm.Sent;
import org.linli.edge.intake.Address.Format;
import org.linli.edge.intake.Message;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;

/** The alarms of names, values and documents that are written in other ways. */
class WaysOfWritingTest {

  private static final String CUT = "linli-cut-0000832000";

  private static RunningGateway gateway;

  @TempDir static Path data;

  @BeforeAll
  static void start() {
    gateway = RunningGateway.start(data);
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
        "zigbee2mqtt/w1|{\"SMOKE\":true}|smoke.detected",
        "zigbee2mqtt/w2|{\"Water_Leak\":\"ON\"}|water.leak",
        "zigbee2mqtt/w3|{\"CARBON_MONOXIDE\":true}|gas.detected",
        "zigbee2mqtt/w4|{\"Contact\":false}|door.opened",
        "zigbee2mqtt/w5|{\"OCCUPANCY\":true}|occupancy.detected",
        "zigbee2mqtt/w6|{\"TAMPER\":true}|device.tampered",
        "zigbee2mqtt/w7|{\"Action\":\"emergency\"}|sos.pressed",
        "zigbee2mqtt/w8|{\"contact\":\"open\"}|door.opened",
        "zigbee2mqtt/w9|{\"contact\":\"closed\"}|door.closed",
        "zigbee2mqtt/w10|{\"contact\":\"OPENED\"}|door.opened",
        "zigbee2mqtt/w11|{\"烟雾报警\":true}|smoke.detected",
        "zigbee2mqtt/w12|{\"烟雾报警\":1}|smoke.detected",
        "zigbee2mqtt/w13|{\"烟雾报警\":\"报警\"}|smoke.detected",
        "zigbee2mqtt/w14|{\"燃气报警\":\"报警\"}|gas.detected",
        "zigbee2mqtt/w15|{\"水浸\":true}|water.leak",
        "zigbee2mqtt/w16|{\"水浸传感器状态\":\"漏水\"}|water.leak",
        "zigbee2mqtt/w17|{\"门磁\":\"打开\"}|door.opened",
        "zigbee2mqtt/w18|{\"门磁\":1}|door.opened",
        "zigbee2mqtt/w19|{\"紧急求助\":1}|sos.pressed",
        "zigbee2mqtt/w20|{\"跌倒检测\":true}|fall.detected",
        "zigbee2mqtt/w21|{\"一氧化碳报警\":true}|gas.detected",
        "zigbee2mqtt/w22|{\"煙霧報警\":\"報警\"}|smoke.detected",
        "application/x/device/a1/event/up|{\"object\":{\"烟雾报警\":true}}|smoke.detected",
        "application/x/device/a2/event/up|{\"object\":{\"门磁\":\"打开\"}}|door.opened",
        "application/x/device/a3/event/up|{\"object\":{\"紧急求助\":\"报警\"}}|sos.pressed",
        "application/x/device/a4/event/up|{\"object\":[{\"leakage_status\":\"leak\"}]}|water.leak",
        "application/x/device/a5/event/up|{\"object\":[{\"t\":21},{\"smoke_alarm\":1}]}|smoke.detected",
        "application/x/device/a6/event/up|{\"object\":{\"SMOKE_ALARM\":1}}|smoke.detected",
        "tele/w30/SENSOR|{\"ZbReceived\":{\"0x1\":{\"FIRE\":1}}}|smoke.detected",
      })
  void tellsTheAlarm(String topic, String payload, String type) {
    assertThat(types(events(mqtt(topic, payload)))).contains(type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"烟雾报警\":false}",
        "{\"烟雾报警\":\"正常\"}",
        "{\"燃气浓度\":7}",
        "{\"一氧化碳\":1}",
        "{\"火车\":true}",
        "{\"紧急出口\":true}",
        "{\"contact\":\"unknown\",\"t\":1}",
      })
  void tellsNoAlarm(String payload) {
    Interpreted read = interpret(mqtt("zigbee2mqtt/none", payload));

    if (read instanceof Interpreted.Understood understood) {
      assertThat(types(understood.events()))
          .noneMatch(type -> type.matches(".*(detected|pressed|opened|leak)"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tns1:RuleEngine/CallRing, doorbell.rung",
    "tns1:RuleEngine/tnsdahua:CallRing/Ring1, doorbell.rung",
    "tns1:AudioAnalytics/Audio/Scream, sound.detected",
    "tns1:AudioAnalytics/tnssamsung:ScreamDetection, sound.detected",
  })
  void readsTopicsOfIntercomsAndEars(String topic, String type) {
    String notify =
        "<Notify><NotificationMessage><Topic>%s</Topic><Message><Message"
            + " PropertyOperation=\"Changed\"><Data><SimpleItem Name=\"State\""
            + " Value=\"true\"/></Data></Message></Message></NotificationMessage></Notify>";

    assertThat(types(events(post("onvif", "o-" + topic.length(), notify.formatted(topic)))))
        .contains(type);
  }

  /** What stands for a picture that a door cut is no value. */
  @Test
  void showsNothingOfAPictureThatWasCut() {
    List<Sent> cut =
        List.of(
            linli(
                Format.LINLI_JSON,
                "access",
                "l1",
                "{\"type\":\"door.forced\",\"values\":{\"seconds\":3,\"picture\":\""
                    + CUT
                    + "\"}}"),
            mqtt("zigbee2mqtt/cut", "{\"smoke\":true,\"picture\":\"" + CUT + "\"}"),
            mqtt(
                "application/x/device/cut/event/up",
                "{\"object\":{\"smoke_alarm\":1,\"i\":[\"data:image/jpeg;base64," + CUT + "\"]}}"));

    for (Sent sent : cut) {
      assertThat(events(sent)).anyMatch(event -> !event.type().isMeasurement());
      assertThat(events(sent).toString()).doesNotContain("linli-cut");
    }
  }

  @Test
  void saysThatAPictureInADocumentIsLost() {
    String xml =
        "<EventNotificationAlert><eventType>VMD</eventType><eventState>active</eventState>"
            + "<picture>"
            + CUT
            + "</picture></EventNotificationAlert>";
    String onvif =
        "<Notify><NotificationMessage><Topic>tns1:VideoSource/SignalLoss</Topic><Message><Message"
            + " PropertyOperation=\"Changed\"><Data><SimpleItem Name=\"State\""
            + " Value=\"true\"/><SimpleItem Name=\"Image\" Value=\""
            + CUT
            + "\"/></Data></Message></Message></NotificationMessage></Notify>";
    String json =
        "{\"eventType\":\"AccessControllerEvent\",\"AccessControllerEvent\":{\"majorEventType\":5,"
            + "\"subEventType\":27},\"picture\":\""
            + CUT
            + "\"}";

    for (Sent sent :
        List.of(
            post("hikvision", "cut-1", xml),
            post("hikvision", "cut-2", json),
            post("onvif", "cut-3", onvif))) {
      assertThat(events(sent))
          .anyMatch(event -> event.values().find("picture-lost").isPresent())
          .noneMatch(event -> event.toString().contains("linli-cut"));
    }
  }

  private static List<String> types(List<DeviceEvent> events) {
    return events.stream().map(event -> event.type().value()).toList();
  }

  private static List<DeviceEvent> events(Sent sent) {
    return TestProfiles.events(interpret(sent));
  }

  private static Interpreted interpret(Sent sent) {
    Message message = sent.message();
    boolean isCut = new String(message.payload(), StandardCharsets.ISO_8859_1).contains(CUT);
    return gateway.profiles().interpret(isCut ? message.cutFrom(1_000_000) : message);
  }
}
