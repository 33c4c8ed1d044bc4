package org.linli.edge.profile.hikvision;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.TestProfiles.events;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.profile.TestPictures;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;

/** Several alerts in one post are judged in the order of their own times. */
class AlertOrderTest extends HikvisionTests {

  private static final String LATER = TIME.replace("13:16:00", "13:16:30");

  @TempDir Path data;

  private static List<DeviceEvent> told(TestProfiles profiles, String... parts) {
    String body =
        Arrays.stream(parts).map(part -> "--b\n\n" + part + "\n").collect(Collectors.joining());
    return events(
        profiles.posted(
            "hikvision",
            "cam-1",
            "multipart/mixed; boundary=b",
            (body + "--b--").getBytes(ISO_8859_1)));
  }

  private static List<String> types(List<DeviceEvent> events) {
    return events.stream().map(event -> event.type().value()).toList();
  }

  @Test
  void anEndThatStandsBeforeItsAlarmEndsIt() {
    String end = alert("videoloss", "inactive").replace(TIME, LATER);

    assertThat(types(told(profiles, end, alert("videoloss", "active"))))
        .containsExactly("video.lost", "video.restored");
  }

  @Test
  void anAlarmThatStandsBeforeAnOlderEndHolds() {
    String alarm = alert("videoloss", "active").replace(TIME, LATER);

    assertThat(types(told(profiles, alarm, alert("videoloss", "inactive"))).getLast())
        .isEqualTo("video.lost");
  }

  @Test
  void whatHasNoTimeStaysWhereItIs() {
    String end = alert("videoloss", "inactive").replace(TIME, "soon");

    assertThat(types(told(profiles, alert("videoloss", "active"), end)))
        .containsExactly("video.lost", "video.restored");
  }

  @Test
  void thePictureStaysWithTheFirstOfThePost() {
    String newest = alert("fielddetection", "active").replace(TIME, LATER);
    String picture = new String(TestPictures.JPEG, ISO_8859_1);

    List<DeviceEvent> told =
        told(
            profiles(false, TestPictures.in(data)),
            newest,
            alert("shelteralarm", "active"),
            picture);

    assertThat(types(told)).containsExactly("camera.tampered", "zone.intruded");
    assertThat(told.getFirst().values().find("picture")).isEmpty();
    assertThat(told.getLast().values().find("picture")).isPresent();
  }
}
