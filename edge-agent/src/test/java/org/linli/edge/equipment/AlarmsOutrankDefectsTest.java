package org.linli.edge.equipment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
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

/**
 * In every profile an alarm is taken whatever is broken beside it, and stays until something is
 * said about that very condition.
 */
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

  /** What may not end an alarm is separated by spaces; so are topics and payloads, by {@code =}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "zigbee2mqtt/b1={\"gas\":true}|zigbee2mqtt/b1={\"gas\":false}|gas.cleared|zigbee2mqtt/b1={\"carbon_monoxide\":false}"
            + " zigbee2mqtt/b1={\"smoke\":false} zigbee2mqtt/b1={\"gas\":null}"
            + " zigbee2mqtt/b1={\"gas\":\"maybe\"} zigbee2mqtt/b1={\"battery\":90}"
            + " zigbee2mqtt/b2={\"gas\":false} zigbee2mqtt/b1/availability={\"state\":\"online\"}"
            + " zigbee2mqtt/b1={} zigbee2mqtt/b1={\"action\":\"\"}",
        "zigbee2mqtt/c1={\"battery_low\":true}|zigbee2mqtt/c1={\"battery_low\":false}|battery.normal|zigbee2mqtt/c1={\"battery\":90}"
            + " zigbee2mqtt/c1={\"contact\":true} zigbee2mqtt/c2={\"battery_low\":false}",
        "tele/pump/SENSOR={\"Switch1\":\"ON\"}|tele/pump/SENSOR={\"Switch1\":\"OFF\"}|water.cleared|tele/pump/SENSOR={\"Switch2\":\"OFF\"}"
            + " tele/pump/SENSOR={\"Switch3\":\"OFF\"} tele/pump/LWT=Online"
            + " tele/pump/STATE={\"POWER\":\"OFF\"} stat/pump/RESULT={\"POWER\":\"OFF\"}"
            + " tele/other/SENSOR={\"Switch1\":\"OFF\"}",
        "tele/d1/SENSOR={\"ZbReceived\":{\"0x1\":{\"Occupancy\":1}}}|tele/d1/SENSOR={\"ZbReceived\":{\"0x1\":{\"Occupancy\":0}}}|occupancy.cleared|tele/d1/SENSOR={\"ZbReceived\":{\"0x1\":{\"Movement\":0}}}"
            + " tele/d1/SENSOR={\"ZbReceived\":{\"0x2\":{\"Occupancy\":0}}}",
        "frigate/e1/status/detect=offline|frigate/e1/status/detect=online|device.online|frigate/e1/status/record=online"
            + " frigate/available=online frigate/e1/motion=OFF frigate/e2/status/detect=online"
            + " frigate/e1/status/detect=disabled frigate/e1/person=0",
        "application/x/device/f1/event/status={\"batteryLevel\":3}|application/x/device/f1/event/status={\"batteryLevel\":90}|battery.normal|application/x/device/f1/event/up={\"object\":{\"battery\":90}}"
            + " application/x/device/f1/event/status={\"batteryLevelUnavailable\":true,\"batteryLevel\":0}"
            + " application/x/device/f2/event/status={\"batteryLevel\":90}"
            + " application/x/device/f1/event/status={\"externalPowerSource\":true,\"batteryLevel\":100}",
        "v1/gateway/disconnect={\"device\":\"g1\"}|v1/gateway/connect={\"device\":\"g1\"}|device.online|v1/gateway/telemetry={\"g1\":[{\"k\":1}]}"
            + " v1/gateway/attributes={\"g1\":{\"online\":true}}"
            + " v1/gateway/connect={\"device\":\"g2\"}",
        "POST/onvif=SignalLoss,A,true|POST/onvif=SignalLoss,A,false|video.restored|POST/onvif=SignalLoss,B,false"
            + " POST/onvif=SignalLoss,A,unknown POST/onvif=MotionAlarm,A,false"
            + " POST/onvif=SignalLoss,A,",
        "POST/hikvision=videoloss,1,active,1|POST/hikvision=videoloss,1,inactive,1|video.restored|POST/hikvision=videoloss,1,inactive,0"
            + " POST/hikvision=videoloss,,inactive,0 POST/hikvision=videoloss,2,inactive,0"
            + " POST/hikvision=VMD,1,inactive,1 POST/hikvision=heartBeat,1,active,0"
            + " POST/hikvision=videoloss,x,inactive,",
      })
  void letsAnAlarmStandWhateverElseIsSaidInWhateverOrder(
      String alarm, String end, String cleared, String others) {
    List<String> messages = List.of(others.split(" "));
    for (long seed = 0; seed < 25; seed++) {
      Random random = new Random(seed);
      send(end);
      List<DeviceEvent> raised = send(alarm);
      DeviceEvent first =
          raised.stream().filter(event -> !event.type().isMeasurement()).findFirst().orElseThrow();
      List<String> order = new ArrayList<>(messages);
      order.addAll(messages);
      order.add(alarm);
      Collections.shuffle(order, random);
      for (String message : order) {
        assertThat(send(message))
            .as("seed %d: %s after %s", seed, message, alarm)
            .noneMatch(
                event ->
                    event.type().value().equals(cleared) && event.device().equals(first.device()));
      }
      assertThat(send(end)).anyMatch(event -> event.type().value().equals(cleared));
    }
  }

  private static List<DeviceEvent> send(String message) {
    int split = message.indexOf('=');
    String topic = message.substring(0, split);
    String payload = message.substring(split + 1);
    if (!topic.startsWith("POST/")) {
      return events(Address.published(topic, "client-1"), payload);
    }
    String[] parts = payload.split(",", -1);
    return topic.endsWith("onvif")
        ? events(new Address.ToProfile("onvif", "cam-o", ""), onvif(parts))
        : events(new Address.ToProfile("hikvision", "cam-h", ""), hikvision(parts));
  }

  private static String onvif(String... parts) {
    return """
    <Notify><NotificationMessage><Topic>tns1:VideoSource/%s</Topic><Message>
    <Message UtcTime="never" PropertyOperation="Changed">
    <Source><SimpleItem Name="Source" Value="%s"/></Source>
    <Data><SimpleItem Name="State" Value="%s"/></Data></Message></Message></NotificationMessage></Notify>\
    """
        .formatted((Object[]) parts);
  }

  private static String hikvision(String... parts) {
    return """
    <EventNotificationAlert><eventType>%s</eventType><channelID>%s</channelID>
    <eventState>%s</eventState><activePostCount>%s</activePostCount></EventNotificationAlert>\
    """
        .formatted((Object[]) parts);
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
