package org.linli.edge.profile.hikvision;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.TestProfiles.RECEIVED;
import static org.linli.edge.profile.TestProfiles.events;
import static org.linli.edge.profile.TestProfiles.refusal;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.ProfileSettings;
import org.linli.edge.profile.TestPictures;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.Value;

/** What becomes of an alarm of which something cannot be read, and of heartbeats beside it. */
class HikvisionDefectsTest {

  private static final String ALARM =
      """
      <EventNotificationAlert><channelID>1</channelID><dateTime>2026-11-23T13:16:00+08:00</dateTime>
      <activePostCount>1</activePostCount><eventType>fielddetection</eventType>
      <eventState>active</eventState><channelName>East</channelName></EventNotificationAlert>\
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

  @Test
  void refusesWhatIsNoAlarmForTheSameDefect() {
    byte[] end =
        ALARM
            .replace("active<", "inactive<")
            .replace("East", "东门")
            .getBytes(Charset.forName("GBK"));

    assertThat(refusal(profiles.posted("hikvision", "cam-1", "application/xml", end)).reason())
        .isEqualTo(RefusalReason.NOT_XML);
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
        .contains("line ");
  }

  @Test
  void saysThatTheDoorDidNotKeepAPicture() {
    String body =
        "--b\n\n" + ALARM + "\n--b\nContent-Type: image/jpeg\nlinli-cut: 832166\n\n\n--b--\n";

    DeviceEvent event =
        alarm(
            profiles.posted(
                "hikvision", "cam-1", "multipart/mixed; boundary=b", body.getBytes(ISO_8859_1)));

    assertThat(event.values().find("picture-lost")).isPresent();
    assertThat(defect(event)).contains("832166", "linli.http.max-message-size");
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
