package org.linli.edge.profile.hikvision;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.TestProfiles.RECEIVED;
import static org.linli.edge.profile.TestProfiles.events;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Message;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.ProfileSettings;
import org.linli.edge.profile.TestPictures;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.EventId;
import org.linli.event.Value;

/** What becomes of an alarm of which something cannot be read, and of heartbeats beside it. */
class HikvisionDefectsTest {

  private static final String ALARM =
      """
      <EventNotificationAlert><channelID>1</channelID><dateTime>2026-11-23T13:16:00+08:00</dateTime>
      <activePostCount>1</activePostCount><eventType>fielddetection</eventType>
      <eventState>active</eventState><channelName>East</channelName></EventNotificationAlert>\
      """;

  private static final String ACCESS =
      """
      <EventNotificationAlert><dateTime>yesterday</dateTime>
      <eventType>AccessControllerEvent</eventType><eventState>active</eventState>
      <AccessControllerEvent><majorEventType>5</majorEventType><subEventType>75</subEventType>
      <serialNo>7001</serialNo><doorNo>1</doorNo></AccessControllerEvent>
      </EventNotificationAlert>\
      """;

  private static final String SENT_AGAIN =
      """
      <EventNotificationAlert><channelID>1</channelID><dateTime>yesterday</dateTime>
      <activePostCount>1</activePostCount><eventType>fielddetection</eventType>
      <eventState>active</eventState><isDataRetransmission>true</isDataRetransmission>
      </EventNotificationAlert>\
      """;

  private final TestProfiles profiles =
      TestProfiles.of(
          new HikvisionProfile(
              new HikvisionSettings(Set.of("recorder-1"), false, false),
              TestPictures.none(),
              new ProfileSettings(ZoneId.of("Asia/Shanghai"), List.of())));

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-23T13:16:0008:00", "yesterday", "0", "9999999999999", "+08:00"})
  void takesAnAlarmAtTheGatewaysTimeWhereItsOwnCannotBeRead(String time) {
    DeviceEvent event = alarm(post(ALARM.replace("2026-11-23T13:16:00+08:00", time)));

    assertThat(event.time()).isEqualTo(RECEIVED);
    assertThat(event.values().find("clock")).contains(new Value.Text("gateway"));
    assertThat(defect(event)).startsWith("dateTime: ");
  }

  /**
   * As cameras frame it (alarmserver of toxuin, PR 51; hikvision_next, issue 290;
   * node-red-contrib-hikvision, issue 32).
   */
  @ParameterizedTest
  @CsvSource({
    "''",
    "application/xml",
    "multipart/form-data",
    "multipart/form-data; boundary=another",
    "multipart/form-data; boundary=--x"
  })
  void takesAnAlarmInPartsWhateverItsContentTypeSays(String type) {
    String body = "--x\r\n--x\r\nContent-Type: application/xml\r\n\r\n" + ALARM + "\r\n--x--\r\n";

    assertThat(alarm(profiles.posted("hikvision", "cam-1", type, body.getBytes(UTF_8))).type())
        .hasToString("zone.intruded");
  }

  /** What comes again is the same event, although the gateway's time has gone on. */
  @ParameterizedTest
  @ValueSource(strings = {ACCESS, SENT_AGAIN})
  void givesAnEventWhoseTimeCannotBeReadOneIdHoweverOftenItIsSent(String alert) {
    Object first = id(profiles, alert);
    TestProfiles later = profiles.at(RECEIVED.plusSeconds(300));

    assertThat(first.toString()).contains("untimed-");
    assertThat(id(later, alert)).isEqualTo(first);
    assertThat(id(later, alert.replace("yesterday", "tomorrow"))).isNotEqualTo(first);
    assertThat(id(later, alert.replace("7001", "7002").replace("field", "line")))
        .isNotEqualTo(first);
  }

  private static Object id(TestProfiles profiles, String alert) {
    Interpreted posted =
        profiles.posted("hikvision", "cam-1", "application/xml", alert.getBytes(UTF_8));
    return String.valueOf(events(posted).getFirst().id());
  }

  @Test
  void takesAnAlarmWhoseTimeAndPictureAndCounterAndNameAreAllBroken() {
    String xml =
        ALARM
            .replace("2026-11-23T13:16:00+08:00", "2026-13-32T99:99")
            .replace("<activePostCount>1<", "<activePostCount>many<")
            .replace("East", "\u0001\uFFFE");
    String body =
        "--b\r\nContent-Type: application/xml\r\n\r\n"
            + xml
            + "\r\n--b\r\nContent-Type: image/jpeg\r\n\r\nno picture\r\n--b\r\nno header";

    DeviceEvent event =
        alarm(
            profiles.posted(
                "hikvision", "cam-1", "multipart/form-data; boundary=b", body.getBytes(UTF_8)));

    assertThat(event.values().find("picture-lost")).isPresent();
    assertThat(event.values().find("clock")).isPresent();
    assertThat(defect(event)).contains("dateTime: ", "XML 1.0", "part 3");
  }

  @Test
  void takesAnAlarmWithANameInAnEncodingThatItsFirstLineDoesNotSay() {
    byte[] body =
        ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + ALARM.replace("East", "东门"))
            .getBytes(Charset.forName("GBK"));

    DeviceEvent event = alarm(profiles.posted("hikvision", "cam-1", "application/xml", body));

    assertThat(defect(event)).contains("is not UTF-8");
    byte[] json = "{\"eventType\":\"VMD\",\"channelName\":\"东门\"}".getBytes(Charset.forName("GBK"));
    assertThat(
            events(profiles.posted("hikvision", "cam-1", "application/json", json))
                .getFirst()
                .type()
                .value())
        .isEqualTo("motion.detected");
  }

  /** Otherwise the next alarm would be the one that is over, and nobody told. */
  @Test
  void takesAnEndForTheSameDefect() {
    byte[] end =
        ALARM
            .replace("active<", "inactive<")
            .replace("East", "东门")
            .getBytes(Charset.forName("GBK"));
    EventId first = alarm(post(ALARM)).givenId().orElseThrow();

    DeviceEvent over =
        events(profiles.posted("hikvision", "cam-1", "application/xml", end)).getFirst();

    assertThat(over.values().find("active")).contains(new Value.Truth(false));
    assertThat(defect(over)).contains("is not UTF-8");
    assertThat(alarm(post(ALARM.replace("13:16:00", "13:16:05"))).givenId().orElseThrow())
        .isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"eventType\":\"VMD\",\"eventState\":\"perhaps\"}",
        "{\"channelID\":1}",
        "{\"AccessControllerEvent\":{\"majorEventType\":5}}",
        "{\"eventType\":"
      })
  void takesTheAlarmBesideAnotherDocumentThatCannotBeRead(String other) {
    for (String body : List.of(ALARM + "\n--b\n\n" + other, other + "\n--b\n\n" + ALARM)) {
      Interpreted both =
          profiles.posted(
              "hikvision",
              "cam-1",
              "multipart/mixed; boundary=b",
              ("--b\n\n" + body + "\n--b--").getBytes(UTF_8));

      assertThat(defect(alarm(both))).isNotEmpty();
    }
    String quiet = "--b\n\n" + ALARM.replace(">active", ">inactive") + "\n--b\n\n";
    assertThat(
            profiles.posted(
                "hikvision",
                "cam-1",
                "multipart/mixed; boundary=b",
                (quiet + other + "\n--b--").getBytes(UTF_8)))
        .as("it may be an alarm")
        .isInstanceOf(Interpreted.Refused.class);
  }

  /** A second event of one id would be taken for a repeat. */
  @ParameterizedTest
  @CsvSource({"东, 西", "a b, a.b", "A, B"})
  void givesTwoAlarmsThatBeginTogetherTwoIds(String one, String other) {
    assertThat(idOfRegion(one)).isNotEqualTo(idOfRegion(other)).isEqualTo(idOfRegion(one));
    assertThat(idOfRegion("x".repeat(40) + one)).isNotEqualTo(idOfRegion("x".repeat(40) + other));
    String type = "zoneIntrusionDetection" + "x".repeat(60);
    assertThat(alarmOfType(type + "1").givenId()).isNotEqualTo(alarmOfType(type + "2").givenId());
  }

  private EventId idOfRegion(String region) {
    return events(
            post(
                ALARM.replace(
                    "<channelName>", "<inputIOPortID>" + region + "</inputIOPortID><channelName>")))
        .getFirst()
        .givenId()
        .orElseThrow();
  }

  private DeviceEvent alarmOfType(String type) {
    return events(post(ALARM.replace("fielddetection", type))).getFirst();
  }

  /** Whatever else is posted in whatever order, a lost picture stays lost. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void leavesALostPictureLost(long seed) {
    String lost = ALARM.replace("fielddetection", "videoloss");
    List<String> others =
        List.of(
            ALARM,
            ALARM.replace(">active<", ">inactive<"),
            ALARM.replace("fielddetection", "somethingNew"),
            ALARM.replace("fielddetection", "shelteralarm").replace(">active<", ">inactive<"),
            lost.replace(">active<", ">inactive<").replace("Count>1<", "Count>0<"),
            lost.replace(">active<", ">inactive<").replace("<channelID>1<", "<channelID>2<"),
            lost.replace(">active<", ">perhaps<"),
            "{\"eventType\":\"heartBeat\"}",
            "{\"AccessControllerEvent\":{\"subEventType\":26}}");
    Random random = new Random(seed);
    assertThat(events(post(lost)).getFirst().type().value()).isEqualTo("video.lost");

    for (int i = 0; i < 300; i++) {
      if (post(others.get(random.nextInt(others.size()))) instanceof Interpreted.Understood told) {
        assertThat(told.events())
            .extracting(each -> each.device() + " " + each.type())
            .doesNotContain("cam-1 video.restored");
      }
    }
    assertThat(events(post(lost.replace(">active<", ">inactive<"))).getFirst().type().value())
        .isEqualTo("video.restored");
  }

  @Test
  void takesAnAlarmOfAChannelThatIsNoneForTheDeviceItself() {
    DeviceEvent event =
        alarm(post(ALARM.replace("<channelID>1<", "<channelID>" + "7".repeat(200) + "<")));

    assertThat(event.device().value()).isEqualTo("cam-1");
    assertThat(defect(event)).isNotEmpty();
  }

  @Test
  void takesTheAlarmBesideADocumentThatBreaksOff() {
    String body =
        "--b\n\n" + ALARM + "\n--b\nContent-Type: application/json\n\n{\"eventType\":\n--b--";
    assertThat(
            defect(
                alarm(
                    profiles.posted(
                        "hikvision",
                        "cam-1",
                        "multipart/mixed; boundary=b",
                        body.getBytes(UTF_8)))))
        .contains("the message breaks off");
  }

  @Test
  void saysThatTheDoorDidNotKeepAPicture() {
    String body =
        "--b\n\n" + ALARM + "\n--b\nContent-Type: image/jpeg\nlinli-cut: 832166\n\n\n--b--\n";

    DeviceEvent event = alarm(postedAndCut("cam-1", body));

    assertThat(event.values().find("picture-lost").toString())
        .contains("larger than linli.http.max-message-size");
  }

  @Test
  void callsForADocumentThatTheDoorDidNotKeep() {
    String body =
        "--b\n\n" + ALARM + "\n--b\nContent-Type: application/xml\nlinli-cut: 300166\n\n\n--b--\n";

    assertThat(unread(postedAndCut("smoke-1", body))).contains("300166");
    assertThat(
            defect(
                alarm(
                    profiles.posted(
                        "hikvision",
                        "smoke-1",
                        "multipart/mixed; boundary=b",
                        body.getBytes(ISO_8859_1)))))
        .doesNotContain("300166");
  }

  @Test
  void callsForPartsBeyondThoseThatAreRead() {
    String smoke = "\n--b\n\n" + ALARM.replace("fielddetection", "smokeDetection");
    String body = "--b\n\n" + ALARM + "\n--b\nContent-Type: image/jpeg\n\nx".repeat(31) + smoke;

    assertThat(unreadAt("cam-1", body + "\n--b--\n")).contains("at most 32 parts");
  }

  /** What is kept beside the events, because it may be about a life. */
  private String unreadAt(String device, String body) {
    return unread(
        profiles.posted(
            "hikvision", device, "multipart/mixed; boundary=b", body.getBytes(ISO_8859_1)));
  }

  /** Of a message out of which the door cut something. */
  private Interpreted postedAndCut(String device, String body) {
    return profiles.sent(
        new Message(
                "test://x",
                new Address.ToProfile("hikvision", device, "multipart/mixed; boundary=b"),
                body.getBytes(ISO_8859_1),
                TestProfiles.RECEIVED,
                TestProfiles.NOBODY)
            .cutFrom(1_000_000));
  }

  private static String unread(Interpreted read) {
    assertThat(alarm(read).type().value()).isEqualTo("zone.intruded");
    return read instanceof Interpreted.Understood told
        ? Objects.requireNonNull(told.basis().unread()).refusal().detail()
        : "";
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "1", "2", "99", "x", "-1", "dyn/7"})
  void letsNoHeartbeatEndALostPictureWhateverChannelItNames(String channel) {
    String lost = ALARM.replace("fielddetection", "videoloss");
    assertThat(events(post(lost)).getFirst().type().value()).isEqualTo("video.lost");

    for (String count : List.of("0", "", "none", "-1")) {
      String heartbeat =
          lost.replace("<channelID>1<", "<channelID>" + channel + "<")
              .replace(">active<", ">inactive<")
              .replace("<activePostCount>1<", "<activePostCount>" + count + "<");
      if (post(heartbeat) instanceof Interpreted.Understood taken) {
        assertThat(taken.events())
            .allMatch(event -> event.type().isMeasurement())
            .allMatch(event -> event.device().value().equals("cam-1"));
      }
    }
    assertThat(events(post(lost.replace(">active<", ">inactive<"))).getFirst().type().value())
        .isEqualTo("video.restored");
  }

  @Test
  void passesOverEachFurtherHeartbeatWithATimeThatCannotBeRead() {
    String heartbeat =
        ALARM
            .replace("fielddetection", "videoloss")
            .replace(">active<", ">inactive<")
            .replaceFirst("<activePostCount>\\d+<", "<activePostCount>0<")
            .replaceFirst("<dateTime>[^<]*<", "<dateTime>2026-11-28T22:29:0700:00<");
    for (int i = 0; i < 3; i++) {
      assertThat(post(heartbeat)).isNotInstanceOf(Interpreted.Refused.class);
    }
  }

  @Test
  void tellsAVehicleWithoutAPlateAndMasksAPlate() {
    String anpr = "{\"eventType\":\"ANPR\",\"ANPR\":{\"licensePlate\":\"%s\"}}";

    assertThat(events(post(anpr.formatted("unknown"))).getFirst().type().value())
        .isEqualTo("vehicle.seen");
    DeviceEvent read = events(post(anpr.formatted("甘B12345"))).getFirst();
    assertThat(read.type().value()).isEqualTo("plate.read");
    assertThat(read.values().find("plate")).contains(new Value.Text("甘B****5"));
  }

  private Interpreted post(String body) {
    return profiles.posted("hikvision", "cam-1", "", body.getBytes(UTF_8));
  }

  private static DeviceEvent alarm(Interpreted interpreted) {
    List<DeviceEvent> events = events(interpreted);
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().type().value()).isEqualTo("zone.intruded");
    return events.getFirst();
  }

  private static String defect(DeviceEvent event) {
    return ((Value.Text) event.values().find("defect").orElseThrow()).text();
  }
}
