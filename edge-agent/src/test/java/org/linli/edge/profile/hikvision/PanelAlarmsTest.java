package org.linli.edge.profile.hikvision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.TestProfiles.events;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.event.EventId;

/** What an alarm panel tells by codes of Contact ID. */
class PanelAlarmsTest extends HikvisionTests {

  private static String panel(String code, int zone) {
    return """
    {"channelID":1,"dateTime":"%s","activePostCount":1,"eventType":"cidEvent","eventState":"active",
    "CIDEvent":{"code":1103,"standardCIDcode":%s,"type":"zoneAlarm","zone":%d}}\
    """
        .formatted(TIME, code, zone);
  }

  private String type(String body) {
    return one(post(body)).type().value();
  }

  @ParameterizedTest
  @CsvSource({
    "1100,sos.pressed",
    "1110,smoke.detected",
    "1117,smoke.detected",
    "1120,sos.pressed",
    "1121,sos.pressed",
    "\"E122\",sos.pressed",
    "1130,zone.intruded",
    "1137,reader.tampered",
    "1140,alarm.unknown",
    "1151,gas.detected",
    "1154,water.leak",
    "1158,alarm.unknown",
    "1162,gas.detected",
    "1302,battery.low",
    "1350,device.fault",
    "1401,measurement",
    "3401,measurement",
    "1570,measurement",
    "1602,measurement",
    "3130,measurement",
    "3120,measurement",
    "\"R110\",smoke.cleared",
    "\"what\",alarm.unknown",
  })
  void aCodeSaysWhatItIs(String code, String type) {
    assertThat(type(panel(code, 1))).isEqualTo(type);
  }

  @Test
  void eachZoneAndEachCodeIsAnAlarmOfItsOwn() {
    assertThat(
            Stream.of(panel("1130", 1), panel("1130", 2), panel("1131", 1), panel("1110", 1))
                .map(this::id)
                .distinct())
        .hasSize(4);
    assertThat(id(panel("6130", 1))).isEqualTo(id(panel("1130", 1)));
  }

  @Test
  void smokeIsOverWhenTheLastZoneSaysSo() {
    post(panel("1110", 1));
    post(panel("1111", 2));

    assertThat(type(panel("3110", 1))).isEqualTo("measurement");
    assertThat(type(panel("3130", 2))).isEqualTo("measurement");
    assertThat(type(panel("3111", 2))).isEqualTo("smoke.cleared");
    assertThat(type(panel("1110", 1))).isEqualTo("smoke.detected");
  }

  @ParameterizedTest
  @CsvSource({
    "fireEscapeDetection,fire-lane.occupied",
    "fireLaneOccupied,fire-lane.occupied",
    "emergencyLaneDetection,fire-lane.occupied",
    "fireExtinguisherDetection,device.fault",
    "emotionDetection,alarm.unknown",
    "defaultAlarm,alarm.unknown",
    "smokingDetection,alarm.unknown",
    "thermalFireAlarm,fire.seen",
    "smokeDetection,fire.seen",
  })
  void aWordWithinAnotherIsNotMeant(String theirs, String type) {
    assertThat(type(alert(theirs, "active"))).isEqualTo(type);
  }

  @Test
  void aFireLaneIsFreed() {
    post(alert("fireEscapeDetection", "active"));

    assertThat(type(alert("fireEscapeDetection", "inactive"))).isEqualTo("fire-lane.freed");
    assertThat(type(alert("fireEscapeDetection", "inactive"))).isEqualTo("measurement");
  }

  @Test
  void anInputOfACameraAtARecorderIsOneOfItsOwn() {
    String input =
        """
        <EventNotificationAlert><dynInputIOPortID>%d</dynInputIOPortID><dateTime>%s</dateTime>\
        <activePostCount>1</activePostCount><eventType>IO</eventType><eventState>%s</eventState>\
        </EventNotificationAlert>\
        """;
    EventId first = id(input.formatted(101, TIME, "active"));

    assertThat(id(input.formatted(201, TIME, "active"))).isNotEqualTo(first);
    post(input.formatted(201, TIME, "inactive"));
    assertThat(id(input.formatted(101, TIME, "active"))).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({
    "1,0x424,sos.pressed",
    "1,0x425,measurement",
    "5,0x34,sos.pressed",
    "5,0x35,measurement",
    "1,0x415,device.fault",
    "1,0x416,device.fault",
    "5,0x86,access.tailgating",
    "5,0x87,door.forced",
    "5,0x88,zone.intruded",
    "5,0x8a,zone.intruded",
  })
  void firesAndTurnstilesOfAccessControllersAreEvents(int major, String sub, String type) {
    String body = access(major, Integer.decode(sub));

    assertThat(
            events(
                profiles.posted("hikvision", "lane-1", "application/json", body.getBytes(UTF_8))))
        .extracting(event -> event.type().value())
        .containsExactly(type);
  }
}
