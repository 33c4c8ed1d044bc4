package org.linli.edge.profile.hikvision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.profile.ProfileSettings;
import org.linli.edge.profile.TestOutbox;
import org.linli.edge.profile.TestPictures;
import org.linli.edge.profile.TestProfiles;

/** Posts of which one part came before and another did not. */
class PartlyRepeatedTest {

  @TempDir Path folder;

  private final TestProfiles profiles =
      TestProfiles.of(
          new HikvisionProfile(
              new HikvisionSettings(Set.of(), false, false),
              TestPictures.none(),
              new ProfileSettings(ZoneId.of("Asia/Shanghai"), List.of()),
              () -> 0));

  private TestOutbox outbox;

  @BeforeEach
  void open() {
    outbox = new TestOutbox(folder);
  }

  @AfterEach
  void close() {
    outbox.close();
  }

  @Test
  void anAlarmThatCameLateBesideANewOneSwallowsNone() {
    assertThat(post(alarm("linedetection", 0, ""))).containsExactly("zone.intruded");
    assertThat(post(end("linedetection", 1))).containsExactly("measurement");

    assertThat(post(alarm("linedetection", 0, ""), alarm("shelteralarm", 2, "")))
        .as("the first of them came again late")
        .containsExactly("camera.tampered");

    assertThat(post(alarm("linedetection", 3, ""))).containsExactly("zone.intruded");
  }

  @Test
  void anAlarmThatCameLateByItselfSwallowsNone() {
    assertThat(post(alarm("linedetection", 0, ""))).containsExactly("zone.intruded");
    assertThat(post(end("linedetection", 1))).containsExactly("measurement");
    assertThat(post(alarm("linedetection", 0, ""))).isEmpty();
    assertThat(post(alarm("linedetection", 0, ""))).isEmpty();

    assertThat(post(alarm("linedetection", 3, ""))).containsExactly("zone.intruded");
    assertThat(post(alarm("linedetection", 4, ""))).as("the same goes on").isEmpty();
  }

  @Test
  void anAlarmAfterTheEndOfAnotherInOneSecondIsToldToo() {
    assertThat(post(alarm("fielddetection", 0, ""))).containsExactly("zone.intruded");
    assertThat(post(alarm("fielddetection", 0, ""))).as("sent again").isEmpty();
    assertThat(post(end("fielddetection", 0))).containsExactly("measurement");
    assertThat(post(alarm("fielddetection", 0, ""))).containsExactly("zone.intruded");
    assertThat(post(end("fielddetection", 0))).containsExactly("measurement");
    assertThat(post(alarm("fielddetection", 0, ""))).containsExactly("zone.intruded");

    assertThat(post(alarm("videoloss", 0, ""))).containsExactly("video.lost");
    assertThat(post(end("videoloss", 0))).containsExactly("video.restored");
    assertThat(post(alarm("videoloss", 0, ""))).containsExactly("video.lost");
  }

  @Test
  void aNumberThatStandsStillSwallowsNoAlarmOfADoor() {
    assertThat(post(door(25, 0, 0))).containsExactly("door.opened");
    assertThat(post(door(27, 0, 0))).containsExactly("door.forced");
    assertThat(post(door(27, 0, 0))).as("sent again").isEmpty();
    assertThat(post(door(26, 0, 0))).containsExactly("door.secured", "door.closed");
    assertThat(post(door(27, 0, 0))).containsExactly("door.forced");
  }

  @Test
  void anEndThatCameLateEndsNoAlarmThatBeganSince() {
    assertThat(post(alarm("videoloss", 5, ""))).containsExactly("video.lost");
    assertThat(post(end("videoloss", 2))).containsExactly("measurement");
    assertThat(post(end("videoloss", 6))).containsExactly("video.restored");

    assertThat(post(alarm("linedetection", 5, ""))).containsExactly("zone.intruded");
    String kept =
        end("linedetection", 2)
            .replace("</Event", "<isDataRetransmission>true</isDataRetransmission></Event");
    assertThat(post(kept)).containsExactly("measurement");
    assertThat(post(alarm("linedetection", 6, ""))).as("the same goes on").isEmpty();
  }

  @Test
  void aDoorThatClosedLateEndsNoOtherAlarm() {
    assertThat(post(door(27, 1, 0))).containsExactly("door.forced");
    assertThat(post(door(26, 2, 1))).containsExactly("door.secured", "door.closed");
    assertThat(post(door(26, 3, 2))).containsExactly("door.closed");
    assertThat(post(door(27, 4, 3))).containsExactly("door.forced");

    assertThat(post(door(26, 3, 2), door(25, 5, 4)))
        .as("the door that closed came again late, beside one that opened")
        .containsExactly("door.opened");
    assertThat(post(door(26, 3, 2))).as("and by itself").isEmpty();

    assertThat(post(door(26, 6, 5)))
        .as("the end of the second one")
        .containsExactly("door.secured", "door.closed");
  }

  @Test
  void eachRegionIsAnAlarmOfItsOwn() {
    assertThat(post(alarm("fielddetection", 0, region(1)))).containsExactly("zone.intruded");
    assertThat(post(alarm("fielddetection", 1, region(1) + region(2))))
        .as("one goes on and one begins")
        .containsExactly("zone.intruded");
    assertThat(post(alarm("fielddetection", 2, region(1) + region(2) + region(2)))).isEmpty();
    assertThat(post(json(3, "{'regionID':2},{'regionID':3}"))).containsExactly("zone.intruded");
    assertThat(post(json(4, "{'DetectionRegionEntry':[{'regionID':3},{'regionID':4}]}")))
        .containsExactly("zone.intruded");
    assertThat(post(alarm("fielddetection", 5, hundredRegions())))
        .as("as many as a device may have; four of them are known")
        .hasSize(12);
  }

  private static String hundredRegions() {
    return Stream.iterate(1, id -> id + 1)
        .limit(100)
        .map(PartlyRepeatedTest::region)
        .collect(Collectors.joining());
  }

  private List<String> post(String... documents) {
    String body =
        Stream.of(documents)
                .map(document -> "--b\r\n\r\n" + document + "\r\n")
                .collect(Collectors.joining())
            + "--b--";
    return outbox.takes(
        profiles
            .at(TestProfiles.RECEIVED.plus(Duration.ofSeconds(10)))
            .posted("hikvision", "door-1", "multipart/mixed; boundary=b", body.getBytes(UTF_8)));
  }

  private static String alarm(String type, int second, String regions) {
    return alert(type, "active", second)
        .formatted(
            regions.isEmpty() ? "" : "<DetectionRegionList>" + regions + "</DetectionRegionList>");
  }

  private static String end(String type, int second) {
    return alert(type, "inactive", second).formatted("");
  }

  private static String region(int id) {
    return "<DetectionRegionEntry><regionID>%d</regionID></DetectionRegionEntry>".formatted(id);
  }

  private static String alert(String type, String state, int second) {
    return "<EventNotificationAlert><dateTime>2026-11-23T13:16:0"
        + second
        + "+08:00</dateTime><activePostCount>1</activePostCount><eventType>"
        + type
        + "</eventType><eventState>"
        + state
        + "</eventState>%s</EventNotificationAlert>";
  }

  private static String json(int second, String regions) {
    return """
    {'dateTime':'2026-11-23T13:16:0%d+08:00','eventType':'fielddetection','eventState':'active',
    'DetectionRegionList':[%s]}\
    """
        .formatted(second, regions)
        .replace('\'', '"');
  }

  private static String door(int sub, int serial, int second) {
    return """
    {'dateTime':'2026-11-23T13:16:0%d+08:00','eventType':'AccessControllerEvent',
    'AccessControllerEvent':{'majorEventType':5,'subEventType':%d,'serialNo':%d,'doorNo':1}}\
    """
        .formatted(second, sub, serial)
        .replace('\'', '"');
  }
}
