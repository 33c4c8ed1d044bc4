package org.linli.edge.profile.hikvision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.TestProfiles.RECEIVED;
import static org.linli.edge.profile.TestProfiles.events;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.profile.TestPictures;
import org.linli.event.DeviceEvent;
import org.linli.event.Kind;
import org.linli.event.Value;

class AccessAlertsTest extends HikvisionTests {

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
}
