package org.linli.edge.profile.frigate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.TestProfiles.RECEIVED;
import static org.linli.edge.profile.TestProfiles.events;
import static org.linli.edge.profile.frigate.FrigateMessages.USUAL;
import static org.linli.edge.profile.frigate.FrigateMessages.id;
import static org.linli.edge.profile.frigate.FrigateMessages.review;
import static org.linli.edge.profile.frigate.FrigateMessages.tracked;
import static org.linli.edge.profile.frigate.FrigateMessages.with;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.Value;

class TrackedObjectsTest {

  private final TestProfiles frigate = with(USUAL);

  @Test
  void reportsATrackedObjectUnderItsOneId() {
    DeviceEvent first = events(frigate.published("frigate/events", tracked(""))).getFirst();

    assertThat(first.type().value()).isEqualTo("object.detected");
    assertThat(id(first)).isEqualTo("1795410960.5-o1");
    assertThat(first.device().value()).isEqualTo("front@20door");
    assertThat(first.time()).isEqualTo(Instant.parse("2026-11-23T05:16:00.250Z"));
    assertThat(first.values().find("zones")).contains(new Value.Text("yard,drive"));
  }

  @Test
  void reportsAParkedCarOnceForHoweverManyDaysItIsThere() {
    assertThat(events(frigate.published("frigate/events", tracked("")))).hasSize(1);
    for (int day = 0; day < 3; day++) {
      assertThat(
              frigate
                  .at(RECEIVED.plus(Duration.ofDays(day)))
                  .published("frigate/events", tracked(",\"stationary\":true")))
          .isInstanceOf(Interpreted.PassedOver.class);
    }
    assertThat(
            events(
                frigate.published(
                    "frigate/events", tracked("").replace("1795410960.5-o1", "1795410960.5-o2"))))
        .as("another car")
        .hasSize(1);
  }

  @Test
  void reportsATrackedObjectAgainThatCouldNotBeKept() {
    frigate.published("frigate/events", tracked("")).notKept();

    assertThat(events(frigate.published("frigate/events", tracked("")))).hasSize(1);
  }

  @Test
  void waitsUntilFrigateIsSureOfAnObject() {
    assertThat(frigate.published("frigate/events", tracked(",\"false_positive\":true")))
        .isInstanceOf(Interpreted.PassedOver.class);
    assertThat(events(frigate.published("frigate/events", tracked(",\"false_positive\":false"))))
        .hasSize(1);
  }

  @Test
  void carriesNoNameAndNoPlateUnlessTold() {
    TestProfiles open =
        with(new FrigateSettings("frigate", List.of("person"), List.of(), false, true));
    String face =
        "{\"type\":\"face\",\"id\":\"o1\",\"camera\":\"gate\",\"name\":\"Bob\",\"score\":0.9}";
    String plate =
        "{\"type\":\"lpr\",\"id\":\"o1\",\"camera\":\"gate\",\"name\":\"Bob\",\"plate\":\"京A12345\",\"timestamp\":1795410960.5}";
    String described = "{\"type\":\"description\",\"id\":\"o1\",\"description\":\"Bob in red\"}";
    String classified =
        "{\"type\":\"classification\",\"id\":\"o1\",\"camera\":\"gate\",\"model\":\"m\",\"sub_label\":\"Bob\"}";

    for (String update : List.of(face, plate, described, classified)) {
      assertThat(events(frigate.published("frigate/tracked_object_update", update)).toString())
          .contains("object.updated")
          .doesNotContain("Bob", "京A12345");
      assertThat(events(open.published("frigate/tracked_object_update", update)).toString())
          .contains("Bob");
    }
    assertThat(events(frigate.published("frigate/events", tracked(""))).toString())
        .doesNotContain("Bob", "京A12345");
    assertThat(events(open.published("frigate/events", tracked(""))).toString())
        .contains("Bob", "京A12345");
    assertThat(
            events(frigate.published("frigate/reviews", review("alert", "\"person\"", "\"yard\"")))
                .toString())
        .doesNotContain("Bob");
    assertThat(events(open.published("frigate/tracked_object_update", plate)))
        .extracting(event -> event.type().value())
        .containsExactly("plate.read");
  }
}
