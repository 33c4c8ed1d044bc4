package org.linli.edge.profile.hikvision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.linli.event.DeviceEvent;
import org.linli.event.Value;

/** Fields that are there twice, are empty, or have zeros before their number. */
class WrittenOtherwiseTest extends HikvisionTests {

  @Test
  void aTypeThatIsThereTwiceIsTheOneThatIsAboutALife() {
    String fire = "<eventType>fireDetection</eventType>";
    for (String twice :
        List.of(
            "<eventType>VMD</eventType>" + fire,
            fire + "<eventType>VMD</eventType>",
            "<eventType>videoloss</eventType>" + fire)) {
      DeviceEvent told =
          one(
              post(
                  "<EventNotificationAlert><dateTime>%s</dateTime>%s<eventState>active</eventState></EventNotificationAlert>"
                      .formatted(TIME, twice)));
      assertThat(told.type().value()).as(twice).isEqualTo("fire.seen");
      assertThat(told.values().find("defect")).isPresent();
    }
    assertThat(
            one(post(
                    """
                    {"dateTime":"%s","eventType":"fireDetection","eventType":"VMD"}\
                    """
                        .formatted(TIME)))
                .type()
                .value())
        .isEqualTo("fire.seen");
  }

  @Test
  void aTimeThatIsNotThereIsMarked() {
    DeviceEvent told = one(post(alert("linedetection", "active").replace(TIME, "")));
    assertThat(told.values().find("clock")).contains(new Value.Text("gateway"));
    assertThat(told.values().find("defect")).isEmpty();
  }

  @Test
  void theChannels01And1AreTheSame() {
    for (String channel : List.of("3", "03", "003")) {
      assertThat(
              one(profiles.posted(
                      "hikvision",
                      "recorder-1",
                      "",
                      alert("VMD", "active")
                          .replace("<channelID>1<", "<channelID>" + channel + "<")
                          .getBytes(UTF_8)))
                  .device()
                  .value())
          .isEqualTo("recorder-1:3");
    }
  }
}
