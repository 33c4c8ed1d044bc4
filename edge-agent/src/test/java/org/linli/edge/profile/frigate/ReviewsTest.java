package org.linli.edge.profile.frigate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.linli.edge.profile.TestProfiles.events;
import static org.linli.edge.profile.frigate.FrigateMessages.USUAL;
import static org.linli.edge.profile.frigate.FrigateMessages.id;
import static org.linli.edge.profile.frigate.FrigateMessages.review;
import static org.linli.edge.profile.frigate.FrigateMessages.tracked;
import static org.linli.edge.profile.frigate.FrigateMessages.with;

import java.nio.charset.Charset;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.Kind;
import org.linli.event.Value;

class ReviewsTest {

  private final TestProfiles frigate = with(USUAL);

  private static String type(TestProfiles frigate, String review) {
    return events(frigate.published("frigate/reviews", review)).getFirst().type().value();
  }

  @Test
  void readsAnAlarmWhoseZoneIsInGbk() {
    byte[] gbk = review("alert", "\"person\"", "\"北樓幾\"").getBytes(Charset.forName("GBK"));

    DeviceEvent intruded = events(frigate.published("frigate/reviews", gbk)).getFirst();

    assertThat(intruded.type().value()).isEqualTo("zone.intruded");
    assertThat(intruded.values().byName())
        .containsEntry("zones", new Value.Text("北樓幾"))
        .containsKey("defect");
    assertThat(
            events(
                frigate.published("frigate/events", tracked("").getBytes(Charset.forName("GBK")))))
        .extracting(event -> event.type().value())
        .containsExactly("object.detected");
  }

  @Test
  void callsAPersonOncePerReviewHoweverOftenItIsTold() {
    List<Interpreted> story =
        List.of(
            frigate.published("frigate/reviews", review("detection", "\"person\"", "")),
            frigate.published("frigate/reviews", review("detection", "\"person\"", "")),
            frigate.published("frigate/reviews", review("alert", "\"person\"", "\"yard\"")),
            frigate.published(
                "frigate/reviews", review("alert", "\"person-verified\",\"car\"", "\"yard\"")));

    assertThat(story.stream().flatMap(each -> events(each).stream()))
        .extracting(event -> event.type().value(), FrigateMessages::id)
        .containsExactly(
            tuple("review.detection", "1795410960.5-r1:detection"),
            tuple("review.detection", "1795410960.5-r1:detection"),
            tuple("zone.intruded", "1795410960.5-r1:intrusion"),
            tuple("zone.intruded", "1795410960.5-r1:intrusion"));
    DeviceEvent intrusion = events(story.getLast()).getFirst();
    assertThat(intrusion.kind()).isEqualTo(Kind.CAMERA);
    assertThat(intrusion.device().value()).isEqualTo("gate");
    assertThat(intrusion.time()).isEqualTo(Instant.parse("2026-11-23T05:16:00.500Z"));
    assertThat(intrusion.values().find("objects")).contains(new Value.Text("person,car"));
    assertThat(intrusion.values().find("zones")).contains(new Value.Text("yard"));
  }

  @ParameterizedTest
  @CsvSource({
    "alert, person, yard, zone.intruded",
    "alert, person-verified, yard, zone.intruded",
    "alert, person, '', review.alert",
    "alert, car, yard, review.alert",
    "detection, person, yard, review.detection"
  })
  void callsAPersonForAPersonInAZoneOnly(String severity, String object, String zone, String type) {
    String zones = zone.isEmpty() ? "" : "\"" + zone + "\"";

    assertThat(type(frigate, review(severity, "\"" + object + "\"", zones))).isEqualTo(type);
  }

  @Test
  void letsTheSettingsSayWhatAnIntrusionIs() {
    TestProfiles roof =
        with(new FrigateSettings("frigate", List.of("car"), List.of("roof"), false, false));
    TestProfiles anywhere =
        with(new FrigateSettings("frigate", List.of("person"), List.of(), true, false));

    assertThat(type(roof, review("alert", "\"car\"", "\"yard\""))).isEqualTo("review.alert");
    assertThat(type(roof, review("alert", "\"car\"", "\"yard\",\"roof\"")))
        .isEqualTo("zone.intruded");
    assertThat(type(roof, review("alert", "\"person\"", "\"roof\""))).isEqualTo("review.alert");
    assertThat(type(anywhere, review("alert", "\"person\"", ""))).isEqualTo("zone.intruded");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"id\":\"1795410960.5-r1\" | \"id\":7",
        "\"id\":\"1795410960.5-r1\" | \"name\":\"x\"",
        "\"camera\":\"gate\" | \"camera\":[]",
        "\"zones\":[\"yard\"] | \"zones\":7",
        "\"audio\":[] | \"audio\":7",
        "\"start_time\":1795410960.5 | \"start_time\":\"now\""
      })
  void takesAnIntrusionWhateverIsBrokenBesideIt(String right, String broken) {
    String review = review("alert", "\"person\"", "\"yard\"");
    assertThat(review).contains(right);

    DeviceEvent intrusion =
        events(frigate.published("frigate/reviews", review.replace(right, broken))).getFirst();

    assertThat(intrusion.type().value()).isEqualTo("zone.intruded");
    assertThat(intrusion.values().byName()).containsKey("defect");
    assertThat(intrusion.givenId()).isPresent();
  }

  private static String fire(String object) {
    return tracked("")
        .replace("front door", "gate")
        .replace("1795410960.5-o1", object)
        .replace("\"label\":\"car\"", "\"label\":\"fire\"");
  }

  private static String reviewOfFire(String objects) {
    return review("alert", "\"fire\"", "")
        .replace("\"detections\":[\"x\"]", "\"detections\":" + objects);
  }

  private List<String> said(String topic, String payload) {
    return events(frigate.published("frigate/" + topic, payload)).stream()
        .map(event -> event.type().value())
        .toList();
  }

  /** Frigate says it on two topics, of which either may come first. */
  @Test
  void tellsAFireOnce() {
    assertThat(said("events", fire("o1"))).containsExactly("fire.seen");
    assertThat(said("reviews", reviewOfFire("[\"o1\"]"))).containsExactly("review.alert");
    assertThat(said("events", fire("o2"))).as("another one").containsExactly("fire.seen");

    String other = reviewOfFire("[\"o3\"]").replace("r1", "r2");
    assertThat(said("reviews", other)).containsExactly("review.alert", "fire.seen");
    assertThat(said("events", fire("o3"))).containsExactly("object.detected");
    assertThat(said("events", fire("o4"))).as("another one").containsExactly("fire.seen");
  }

  @Test
  void tellsAFireOfAReviewThatNamesNoObject() {
    assertThat(said("events", fire("o1"))).containsExactly("fire.seen");
    assertThat(said("reviews", reviewOfFire("7"))).containsExactly("review.alert", "fire.seen");
  }

  @Test
  void tellsAFireAgainThatCouldNotBeKept() {
    frigate.published("frigate/events", fire("o1")).notKept();

    assertThat(said("reviews", reviewOfFire("[\"o1\"]"))).contains("fire.seen");
  }

  private static String heard(String review) {
    return review("alert", "", "")
        .replace("\"audio\":[]", "\"audio\":[\"fire_alarm\"]")
        .replace("r1", review);
  }

  /** It says a smoke alarm that is heard on two topics too. */
  @Test
  void tellsASmokeAlarmOnce() {
    assertThat(said("gate/audio/fire_alarm", "ON")).containsExactly("fire.seen", "measurement");
    assertThat(said("reviews", heard("r1"))).containsExactly("review.alert");
    TestProfiles later = frigate.at(TestProfiles.RECEIVED.plusSeconds(300));
    assertThat(events(later.published("frigate/reviews", heard("r1"))))
        .as("the same review")
        .extracting(event -> event.type().value())
        .containsExactly("review.alert");
    assertThat(events(later.published("frigate/reviews", heard("r2"))))
        .as("another one, some time after")
        .extracting(event -> event.type().value())
        .containsExactly("review.alert", "fire.seen");
  }

  @Test
  void tellsASmokeAlarmOnceThatTheReviewSaysFirst() {
    assertThat(said("reviews", heard("r1"))).containsExactly("review.alert", "fire.seen");
    assertThat(said("gate/audio/fire_alarm", "ON")).containsExactly("measurement");
    said("gate/audio/fire_alarm", "OFF");
    assertThat(said("gate/audio/fire_alarm", "ON"))
        .as("it begins again")
        .containsExactly("fire.seen", "measurement");
  }

  /** A fire that is seen in a review that also hears it is told. */
  @Test
  void tellsAFireOnceThatIsSeenAndHeard() {
    String both = reviewOfFire("[\"o1\"]").replace("\"audio\":[]", "\"audio\":[\"fire_alarm\"]");

    assertThat(said("reviews", both)).containsExactly("review.alert", "fire.seen");
    assertThat(said("events", fire("o1"))).containsExactly("object.detected");
  }

  @ParameterizedTest
  @CsvSource({"alert, review.alert", "detection, review.detection"})
  void tellsASmokeAlarmThatAReviewHeard(String severity, String sort) {
    String heard =
        review(severity, "", "").replace("\"audio\":[]", "\"audio\":[\"speech\",\"fire_alarm\"]");

    List<DeviceEvent> events = events(frigate.published("frigate/reviews", heard));

    assertThat(events).extracting(event -> event.type().value()).containsExactly(sort, "fire.seen");
    assertThat(id(events.getLast())).isEqualTo("1795410960.5-r1:fire");
    assertThat(events.getLast().device().value()).isEqualTo("gate");
  }
}
