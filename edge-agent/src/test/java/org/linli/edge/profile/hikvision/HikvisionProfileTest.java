package org.linli.edge.profile.hikvision;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.TestProfiles.RECEIVED;
import static org.linli.edge.profile.TestProfiles.events;
import static org.linli.edge.profile.TestProfiles.refusal;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.format.AttachedPictures;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.ProfileSettings;
import org.linli.edge.profile.TestPictures;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.EventId;
import org.linli.event.Kind;
import org.linli.event.Value;

class HikvisionProfileTest {

  private static final String TIME = "2026-11-23T13:16:00+08:00";
  private static final Duration YEAR = Duration.ofDays(365);
  private static final long SECOND = 1_000_000_000;

  @TempDir Path data;

  /** Nanoseconds that the program has run. */
  private final AtomicLong ran = new AtomicLong();

  private final TestProfiles profiles = profiles(false, TestPictures.none());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://www.hikvision.com/ver20/XMLSchema",
        "http://www.isapi.org/ver20/XMLSchema",
        "http://www.std-cgi.com/ver20/XMLSchema",
        "urn:psialliance-org"
      })
  void readsAnAlertInEachOfItsNamespaces(String namespace) {
    DeviceEvent event =
        one(
            post(
                alert("linedetection", "active")
                    .replace(
                        "<EventNotificationAlert",
                        "<EventNotificationAlert xmlns='" + namespace + "'")));

    assertThat(event.type().value()).isEqualTo("zone.intruded");
    assertThat(event.kind()).isEqualTo(Kind.CAMERA);
    assertThat(event.device().value()).isEqualTo("cam-1");
    assertThat(event.time()).isEqualTo(Instant.parse("2026-11-23T05:16:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "fielddetection,zone.intruded",
    "regionEntrance,zone.intruded",
    "videoloss,video.lost",
    "shelteralarm,camera.tampered",
    "tamperdetection,camera.tampered",
    "fireDetection,fire.seen",
    "VMD,motion.detected",
    "PIR,motion.detected",
    "IO,input.activated",
    "diskfull,device.fault",
    "fireEscapeDetection,fire.seen",
    "personFailDown,fall.detected",
    "sosButton,sos.pressed",
    "electricBikeDetection,ebike.in-elevator",
    "highAltitudeThrow,object.fallen-from-height",
    "vandalProofAlarm,camera.tampered",
    "raidException,device.fault",
    "audioexception,sound.detected",
    "audioAbnormal,sound.detected",
    "somethingNew,alarm.unknown",
    "peopleCounting,measurement"
  })
  void mapsWhatTheyCallAnAlarm(String theirs, String ours) {
    assertThat(one(post(alert(theirs, "active"))).type().value()).isEqualTo(ours);
  }

  @Test
  void looksIntoALastingAlarmForWhatItIsAbout() {
    String duration =
        alert("duration", "active")
            .replace(
                "</EventNotificationAlert",
                "<DurationList><Duration><relationEvent>fielddetection</relationEvent></Duration></DurationList></EventNotificationAlert");

    assertThat(one(post(duration)).type().value()).isEqualTo("zone.intruded");
    assertThat(
            one(post(
                    "{\"eventType\":\"duration\",\"eventState\":\"active\",\"DurationList\":[{\"relationEvent\":\"linedetection\"}]}"))
                .type()
                .value())
        .isEqualTo("zone.intruded");
  }

  @Test
  void givesARunningAlarmOneIdUntilItEndsOrFallsSilent() {
    EventId first = idAt("13:16:00", RECEIVED);

    assertThat(idAt("13:16:01", RECEIVED.plusSeconds(1))).isEqualTo(first);
    assertThat(idAt("13:16:30", RECEIVED.plusSeconds(30))).isEqualTo(first);
    EventId second = idAt("13:18:00", RECEIVED.plusSeconds(120));
    assertThat(second).isNotEqualTo(first);
    DeviceEvent end =
        one(
            profiles
                .at(RECEIVED.plusSeconds(121))
                .posted(
                    "hikvision", "cam-1", "", alert("fielddetection", "inactive").getBytes(UTF_8)));
    assertThat(end.type().value()).isEqualTo("measurement");
    assertThat(end.values().find("active")).contains(new Value.Truth(false));
    assertThat(idAt("13:18:02", RECEIVED.plusSeconds(122))).isNotEqualTo(second);
  }

  @Test
  void takesARunningAlarmForNoOtherWhenTheClockJumps() {
    EventId first = idAt("13:16:00", RECEIVED);

    ran.addAndGet(SECOND);
    assertThat(idByClock("13:16:01", RECEIVED.plus(YEAR))).as("a year ahead").isEqualTo(first);
    ran.addAndGet(SECOND);
    assertThat(idByClock("13:16:02", RECEIVED.minus(YEAR))).as("and back").isEqualTo(first);
    ran.addAndGet(60 * SECOND);
    assertThat(idByClock("13:16:03", RECEIVED.minus(YEAR))).as("silent").isNotEqualTo(first);
  }

  @Test
  void givesTheSamePostTheSameIdHoweverLateItComesAgain() {
    EventId first = idAt("13:16:00", RECEIVED);

    assertThat(idAt("13:16:00", RECEIVED.plusSeconds(600))).isEqualTo(first);
    String late =
        alert("fielddetection", "active")
            .replace(
                "</EventNotificationAlert",
                "<isDataRetransmission>true</isDataRetransmission></EventNotificationAlert");
    assertThat(one(post(late)).givenId()).contains(first);
  }

  @Test
  void forgetsARunningAlarmThatCouldNotBeKept() {
    Interpreted interpreted = post(alert("fielddetection", "active"));
    EventId first = events(interpreted).getFirst().givenId().orElseThrow();
    interpreted.notKept();

    assertThat(idAt("13:16:20", RECEIVED.plusSeconds(20))).isNotEqualTo(first);
  }

  @Test
  void takesAHeartbeatForASignOfLifeOnceAMinute() {
    String heartbeat =
        alert("videoloss", "inactive").replace("<activePostCount>1<", "<activePostCount>0<");
    assertThat(one(post(heartbeat)).values().find("heartbeat")).contains(new Value.Truth(true));
    assertThat(post(heartbeat)).isInstanceOf(Interpreted.PassedOver.class);
    String other = "{\"eventType\":\"heartBeat\"}";
    assertThat(post(other)).isInstanceOf(Interpreted.PassedOver.class);
    assertThat(
            profiles
                .at(RECEIVED.plus(YEAR))
                .posted("hikvision", "cam-1", "application/json", other.getBytes(UTF_8)))
        .as("the clock jumped")
        .isInstanceOf(Interpreted.PassedOver.class);
    ran.addAndGet(60 * SECOND);
    assertThat(one(post(other)).values().find("heartbeat")).contains(new Value.Truth(true));
  }

  @Test
  void tellsWhenALostPictureIsBack() {
    assertThat(one(post(alert("videoloss", "active"))).type().value()).isEqualTo("video.lost");
    assertThat(one(post(alert("videoloss", "inactive"))).type().value())
        .isEqualTo("video.restored");
    assertThat(one(post(alert("videoloss", "inactive"))).type().value()).isEqualTo("measurement");
  }

  /** An end without a region is the end in all of them: the next alarm is another one. */
  @ParameterizedTest
  @ValueSource(strings = {"fielddetection", "duration"})
  void anEndWithoutARegionEndsAllOfItsType(String ending) {
    List<EventId> first = List.of(id(region("1")), id(region("2")));
    EventId line = id(alert("linedetection", "active"));

    String end = ending.equals("duration") ? lasting("inactive") : region("", "inactive");
    assertThat(one(post(end)).type().value()).isEqualTo("measurement");

    String later = "13:16:09";
    assertThat(id(region("1").replace("13:16:00", later))).isNotIn(first);
    assertThat(id(region("2").replace("13:16:00", later))).isNotIn(first);
    assertThat(id(alert("linedetection", "active").replace("13:16:00", later))).isEqualTo(line);
  }

  @Test
  void aDurationWithoutARegionIsTheAlarmThatItLasts() {
    EventId alarm = id(region("1"));

    assertThat(id(lasting("active").replace("13:16:00", "13:16:02"))).isEqualTo(alarm);
    assertThat(id(region("2").replace("13:16:00", "13:16:03"))).isNotEqualTo(alarm);
    ran.addAndGet(61 * SECOND);
    assertThat(id(lasting("active").replace("13:16:00", "13:18:02"))).isNotEqualTo(alarm);
  }

  @ParameterizedTest
  @CsvSource({"26, measurement", "24, zone.intruded", "200000, zone.intruded"})
  void anAlarmThatWasKeptForMoreThanADayWakesNobody(int hours, String type) {
    String kept =
        alert("fielddetection", "active")
            .replace(TIME, RECEIVED.minus(Duration.ofHours(hours)).toString())
            .replace(
                "</EventNotificationAlert",
                "<isDataRetransmission>true</isDataRetransmission></EventNotificationAlert");

    DeviceEvent event = one(post(kept));

    assertThat(event.type().value()).isEqualTo(type);
    assertThat(event.values().find("retained"))
        .isEqualTo(
            type.equals("measurement")
                ? Optional.of(new Value.Text("zone.intruded"))
                : Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "5,27,26,measurement,door.forced",
    "1,1034,120,measurement,sos.pressed",
    "5,27,24,door.forced,",
    "1,1034,24,sos.pressed,",
    "5,75,120,access.granted,"
  })
  void anEventThatADoorKeptForMoreThanADayWakesNobody(
      int major, int sub, int hours, String type, String was) {
    String time = RECEIVED.minus(Duration.ofHours(hours)).toString();
    String kept =
        access(major, sub)
            .replace(TIME, time)
            .replace("\"doorNo\"", "\"currentEvent\":false,\"doorNo\"");

    DeviceEvent event = one(post(kept));

    assertThat(event.type().value()).isEqualTo(type);
    assertThat(event.values().find("retained"))
        .isEqualTo(Optional.ofNullable(was).map(Value.Text::new));
  }

  private EventId id(String body) {
    return one(post(body)).givenId().orElseThrow();
  }

  private static String region(String number) {
    return region(number, "active");
  }

  private static String region(String number, String state) {
    String entry = "<DetectionRegionEntry><regionID>%s</regionID></DetectionRegionEntry>";
    return alert("fielddetection", state)
        .replace(
            "</EventNotificationAlert",
            (number.isEmpty()
                    ? ""
                    : "<DetectionRegionList>" + entry.formatted(number) + "</DetectionRegionList>")
                + "</EventNotificationAlert");
  }

  private static String lasting(String state) {
    return alert("duration", state)
        .replace(
            "</EventNotificationAlert",
            "<DurationList><Duration><relationEvent>fielddetection</relationEvent></Duration>"
                + "</DurationList></EventNotificationAlert");
  }

  @Test
  void hangsOtherChannelsBelowTheDeviceAndAllOfARecorder() {
    String third = alert("VMD", "active").replace("<channelID>1<", "<channelID>3<");
    assertThat(one(post(third)).device().value()).isEqualTo("cam-1:3");
    assertThat(
            one(profiles.posted(
                    "hikvision", "recorder-1", "", alert("VMD", "active").getBytes(UTF_8)))
                .device()
                .value())
        .isEqualTo("recorder-1:1");
  }

  @ParameterizedTest
  @CsvSource({
    "5,1,access.granted",
    "5,75,access.granted",
    "5,76,access.denied",
    "5,9,access.denied",
    "5,25,door.opened",
    "5,27,door.forced",
    "5,28,door.held-open",
    "5,133,access.tailgating",
    "1,1028,reader.tampered",
    "1,1030,reader.tampered",
    "1,1032,input.activated",
    "1,1033,input.released",
    "1,1024,device.fault",
    "2,1027,battery.low",
    "5,9999,measurement"
  })
  void mapsWhatADoorControllerTells(int major, int sub, String type) {
    DeviceEvent event = one(post(access(major, sub)));

    assertThat(event.type().value()).isEqualTo(type);
    assertThat(event.kind()).isEqualTo(Kind.ACCESS);
    assertThat(event.givenId().orElseThrow().value()).isEqualTo("acs-7001@1795410960");
  }

  @Test
  void takesAlarmsAtADoorForACallForHelp() {
    for (int sub : new int[] {0x40a, 0x418, 0x41c}) {
      DeviceEvent event = one(post(access(1, sub)));

      assertThat(event.type().value()).isEqualTo("sos.pressed");
      assertThat(event.kind()).isEqualTo(Kind.CARE);
      assertThat(event.device().value()).isEqualTo("cam-1:sos");
    }
  }

  @Test
  void saysThatAForcedDoorIsSecuredWhenItIsShut() {
    events(post(access(5, 27)));

    assertThat(events(post(access(5, 26))))
        .extracting(event -> event.type().value())
        .containsExactly("door.closed", "door.secured");
    assertThat(events(post(access(5, 26)))).hasSize(1);
  }

  @Test
  void leavesPeopleOutUnlessItIsToldTo() {
    assertThat(one(post(access(5, 75))).values().toString())
        .doesNotContain("1953862610", "Li Hua", "E-17");
    assertThat(
            one(profiles(true, TestPictures.none())
                    .posted("hikvision", "cam-1", "", access(5, 75).getBytes(UTF_8)))
                .values()
                .toString())
        .contains("1953862610", "Li Hua", "E-17");
  }

  @Test
  void keepsThePictureOfAMultipartPostAtTheGateway() {
    String body =
        "--b\r\nContent-Type: application/json\r\n\r\n"
            + access(5, 75)
            + "\r\n"
            + "--b\r\n"
            + "Content-Disposition: form-data; name=\"Picture\"; filename=\"../../x.sh\"\r\n"
            + "Content-Type: image/jpeg\r\n\r\n"
            + new String(TestPictures.JPEG, ISO_8859_1)
            + "\r\n--b--\r\n";
    TestProfiles keeping = profiles(false, TestPictures.in(data));

    Interpreted interpreted =
        keeping.posted(
            "hikvision", "door-1", "multipart/form-data; boundary=b", body.getBytes(ISO_8859_1));

    Value.Text id = (Value.Text) one(interpreted).values().find("picture").orElseThrow();
    Path kept = data.resolve("pictures").resolve(id.text() + ".jpg");
    assertThat(kept).hasBinaryContent(TestPictures.JPEG);
    interpreted.notKept();
    assertThat(kept).doesNotExist();
  }

  @Test
  void saysThatAPictureWasLostAndKeepsTheEvent() {
    String body =
        "--b\n\n" + alert("VMD", "active") + "\n--b\nContent-Type: image/jpeg\n\nno picture\n--b--";

    DeviceEvent event =
        one(
            profiles(false, TestPictures.in(data))
                .posted("hikvision", "cam-1", "multipart/mixed; boundary=b", body.getBytes(UTF_8)));

    assertThat(event.values().find("picture-lost"))
        .contains(new Value.Text("neither JPEG nor PNG"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<E/>|NOTHING_IN_IT|EventNotificationAlert",
        "{}|MISSING_FIELD|eventType",
        "{\"eventType\":\"VMD\",\"eventState\":\"on\"}|BAD_FIELD|eventState",
        "{\"eventType\":\"VMD\",\"channelID\":{}} x|NOT_JSON|line 1",
        "{\"AccessControllerEvent\":{}}|MISSING_FIELD|subEventType",
        "{\"AccessControllerEvent\":{\"subEventType\":\"99999999999\"}}|BAD_FIELD|subEventType",
        "<!DOCTYPE x><x/>|NOT_XML|document type"
      })
  void refusesWithTheFieldsName(String body, RefusalReason reason, String said) {
    assertThat(refusal(post(body)).reason()).isEqualTo(reason);
    assertThat(refusal(post(body)).detail()).contains(said);
  }

  /** Of a post that comes when the program has run for as long as the clock has gone. */
  private EventId idAt(String time, Instant received) {
    ran.set(Duration.between(RECEIVED, received).toNanos());
    return idByClock(time, received);
  }

  private EventId idByClock(String time, Instant received) {
    return one(profiles
            .at(received)
            .posted(
                "hikvision",
                "cam-1",
                "application/xml",
                alert("fielddetection", "active").replace("13:16:00", time).getBytes(UTF_8)))
        .givenId()
        .orElseThrow();
  }

  private Interpreted post(String body) {
    return profiles.posted("hikvision", "cam-1", "application/xml", body.getBytes(UTF_8));
  }

  private static DeviceEvent one(Interpreted interpreted) {
    List<DeviceEvent> events = events(interpreted);
    assertThat(events).hasSize(1);
    return events.getFirst();
  }

  private TestProfiles profiles(boolean people, AttachedPictures pictures) {
    return TestProfiles.of(
        new HikvisionProfile(
            new HikvisionSettings(Set.of("recorder-1"), people, false),
            pictures,
            new ProfileSettings(ZoneId.of("Asia/Shanghai"), List.of()),
            ran::get));
  }

  private static String alert(String type, String state) {
    return """
    <EventNotificationAlert version="2.0">
    <channelID>1</channelID><dateTime>%s</dateTime><activePostCount>1</activePostCount>
    <eventType>%s</eventType><eventState>%s</eventState>
    </EventNotificationAlert>\
    """
        .formatted(TIME, type, state);
  }

  private static String access(int major, int sub) {
    return """
    {"dateTime":"%s","eventType":"AccessControllerEvent","eventState":"active",
    "AccessControllerEvent":{"majorEventType":%d,"subEventType":%d,"cardNo":"1953862610",
    "name":"Li Hua","employeeNoString":"E-17","serialNo":7001,"doorNo":1}}\
    """
        .formatted(TIME, major, sub);
  }
}
