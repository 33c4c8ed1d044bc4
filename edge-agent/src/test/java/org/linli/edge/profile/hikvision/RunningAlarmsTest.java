package org.linli.edge.profile.hikvision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.TestProfiles.RECEIVED;
import static org.linli.edge.profile.TestProfiles.events;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.profile.Interpreted;
import org.linli.event.DeviceEvent;
import org.linli.event.EventId;
import org.linli.event.Value;

class RunningAlarmsTest extends HikvisionTests {

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

  private List<DeviceEvent> lossAt(String time, String state) {
    return events(post(alert("videoloss", state).replace("13:16:00", time)));
  }

  /** A camera posts an alarm every second, also when it sends later what it kept. */
  @Test
  void anAlarmWhoseEndCameFirstIsOneHoweverOftenItIsPosted() {
    assertThat(lossAt("13:10:00", "inactive")).hasSize(1);
    List<DeviceEvent> late = lossAt("13:05:00", "active");
    assertThat(late)
        .extracting(event -> event.type().value())
        .containsExactly("video.lost", "video.restored");
    assertThat(lossAt("13:05:01", "active").getFirst().givenId())
        .isEqualTo(late.getFirst().givenId());

    List<DeviceEvent> live = lossAt("13:16:00", "active");
    assertThat(live).extracting(event -> event.type().value()).containsExactly("video.lost");
    assertThat(live.getFirst().givenId()).isNotEqualTo(late.getFirst().givenId());
  }

  @Test
  void forgetsARunningAlarmThatCouldNotBeKept() {
    Interpreted interpreted = post(alert("fielddetection", "active"));
    EventId first = events(interpreted).getFirst().givenId().orElseThrow();
    interpreted.notKept();

    assertThat(idAt("13:16:20", RECEIVED.plusSeconds(20))).isNotEqualTo(first);
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

  private static String lasting(String state) {
    return alert("duration", state)
        .replace(
            "</EventNotificationAlert",
            "<DurationList><Duration><relationEvent>fielddetection</relationEvent></Duration>"
                + "</DurationList></EventNotificationAlert");
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
}
