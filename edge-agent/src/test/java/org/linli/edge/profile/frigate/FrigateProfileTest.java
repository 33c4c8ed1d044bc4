package org.linli.edge.profile.frigate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.linli.edge.profile.TestProfiles.RECEIVED;
import static org.linli.edge.profile.TestProfiles.events;
import static org.linli.edge.profile.TestProfiles.refusal;

import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.EventId;
import org.linli.event.Kind;
import org.linli.event.Value;

class FrigateProfileTest {

  private static final FrigateSettings USUAL =
      new FrigateSettings("frigate", List.of("person"), List.of(), false, false);

  private final TestProfiles frigate = with(USUAL);

  private static TestProfiles with(FrigateSettings settings) {
    return TestProfiles.of(new FrigateProfile(settings));
  }

  private static String review(String severity, String objects, String zones) {
    return """
    {"type":"update","before":{},"after":{"id":"1795410960.5-r1","camera":"gate",
    "start_time":1795410960.5,"end_time":null,"severity":"%s","data":{"detections":["x"],
    "objects":[%s],"sub_labels":["Bob"],"zones":[%s],"audio":[]}}}\
    """
        .formatted(severity, objects, zones);
  }

  private static String tracked(String more) {
    return """
    {"type":"update","before":{},"after":{"id":"1795410960.5-o1","camera":"front door",
    "label":"car","top_score":0.9,"start_time":1795410960.25,"sub_label":["Bob",0.9],
    "recognized_license_plate":"京A12345","entered_zones":["yard","drive"]%s}}\
    """
        .formatted(more);
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
        .extracting(event -> event.type().value(), FrigateProfileTest::id)
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

  /** Only the camera's own detection stream says that it is back. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void leavesACameraThatIsGoneGone(long seed) {
    List<List<String>> others =
        List.of(
            List.of("available", "online"),
            List.of("available", "offline"),
            List.of("yard/status/detect", "online"),
            List.of("gate/status/record", "online"),
            List.of("gate/status/detect", "disabled"),
            List.of("gate/status/detect", "perhaps"),
            List.of("gate/person", "1"),
            List.of("gate/detect/state", "ON"),
            List.of("reviews", review("alert", "\"person\"", "\"yard\"")),
            List.of("events", tracked("")),
            List.of("stats", "{\"cameras\":{\"gate\":{\"camera_fps\":5}}}"));
    Random random = new Random(seed);
    assertThat(told("gate/status/detect", "offline")).contains("gate device.offline");

    for (int i = 0; i < 200; i++) {
      List<String> other = others.get(random.nextInt(others.size()));
      assertThat(told(other.getFirst(), other.getLast())).doesNotContain("gate device.online");
    }
    assertThat(told("gate/status/detect", "online")).contains("gate device.online");
  }

  private List<String> told(String topic, String payload) {
    return frigate.published("frigate/" + topic, payload) instanceof Interpreted.Understood told
        ? told.events().stream().map(each -> each.device() + " " + each.type()).toList()
        : List.of();
  }

  private static String type(TestProfiles frigate, String review) {
    return events(frigate.published("frigate/reviews", review)).getFirst().type().value();
  }

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

  @Test
  void tellsWhetherFrigateAndItsCamerasAreThere() {
    assertThat(types("frigate/available", "online"))
        .containsExactly("measurement", "device.online");
    assertThat(types("frigate/available", "online")).containsExactly("measurement");
    assertThat(types("frigate/available", "stopped"))
        .containsExactly("measurement", "device.offline");
    assertThat(types("frigate/gate/status/detect", "offline"))
        .containsExactly("measurement", "device.offline");
    assertThat(types("frigate/gate/status/record", "offline"))
        .containsExactly("measurement", "stream.offline");
    assertThat(types("frigate/gate/status/detect", "disabled"))
        .containsExactly("measurement", "stream.disabled");
    assertThat(refusal(frigate.published("frigate/available", "perhaps")).detail())
        .isEqualTo("the payload: 'perhaps' is neither online nor offline");
    assertThat(events(frigate.published("frigate/available", "online")).getFirst().device().value())
        .isEqualTo("frigate");
  }

  private List<String> types(String topic, String payload) {
    return events(frigate.published(topic, payload)).stream()
        .map(event -> event.type().value())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "gate/person, 3, gate, person, Whole[number=3]",
    "gate/person/active, 1, gate, person.active, Whole[number=1]",
    "gate/motion, ON, gate, motion, Truth[truth=true]",
    "gate/audio/dBFS, -41.5, gate, audio.dBFS, Real[number=-41.5]",
    "gate/review_status, ALERT, gate, review_status, Text[text=ALERT]",
    "gate/recordings/state, OFF, gate, recordings.state, Truth[truth=false]",
    "notifications/state, OFF, frigate, notifications.state, Truth[truth=false]",
    "something_new, {\"a\":{\"b\":1}}, frigate, something_new.a.b, Whole[number=1]"
  })
  void measuresEveryOtherState(
      String topic, String payload, String device, String name, String value) {
    DeviceEvent event =
        events(frigate.published("frigate/" + topic, payload.replace('\'', '"'))).getFirst();

    assertThat(event.type().isMeasurement()).isTrue();
    assertThat(event.device().value()).isEqualTo(device);
    assertThat(event.values().find(name)).map(Object::toString).contains(value);
  }

  @ParameterizedTest
  @CsvSource({
    "fire_alarm, fire.seen",
    "smoke_detector, fire.seen",
    "scream, sound.detected",
    "glass, sound.detected"
  })
  void tellsASoundThatMeansDanger(String label, String type) {
    String topic = "frigate/hall/audio/" + label;

    assertThat(types(topic, "ON")).containsExactly(type, "measurement");
    assertThat(types(topic, "ON")).containsExactly("measurement");
    assertThat(types(topic, "OFF")).containsExactly("measurement");
    assertThat(types(topic, "ON")).containsExactly(type, "measurement");
    assertThat(types("frigate/hall/audio/speech", "ON")).containsExactly("measurement");
    assertThat(refusal(frigate.published(topic, "perhaps")).detail())
        .contains("audio/" + label + ": is neither ON nor OFF");
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

  @Test
  void measuresStatisticsWithoutProcessNumbers() {
    List<DeviceEvent> events =
        events(
            frigate.published(
                "frigate/stats",
                """
                {"cameras":{"gate":{"camera_fps":5.1,"pid":7,"ffmpeg_pid":8}},"cpu_usages":{"7":{"cpu":"1"}},
                "service":{"uptime":5}}\
                """));

    assertThat(events)
        .extracting(
            event -> event.device().value(), event -> event.values().byName().keySet().toString())
        .containsExactly(tuple("gate", "[camera_fps]"), tuple("frigate", "[service.uptime]"));
  }

  @Test
  void tellsThatATriggerMatched() {
    assertThat(
            events(
                frigate.published(
                    "frigate/triggers",
                    "{\"name\":\"red"
                        + " car\",\"camera\":\"gate\",\"event_id\":\"e\",\"type\":\"thumbnail\",\"score\":0.8}")))
        .extracting(event -> event.type().value())
        .containsExactly("trigger.matched");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gate/person/snapshot",
        "gate/detect/set",
        "gate/ptz",
        "restart",
        "onConnect",
        "camera_activity",
        "gate/audio/transcription"
      })
  void passesOverPicturesCommandsAndBookkeeping(String topic) {
    assertThat(frigate.published("frigate/" + topic, new byte[] {(byte) 0xff, (byte) 0xd8}))
        .isInstanceOf(Interpreted.PassedOver.class);
  }

  @Test
  void namesTheFieldThatCannotBeRead() {
    assertThat(refusal(frigate.published("frigate/reviews", "{}")).detail())
        .isEqualTo("after: is missing");
    assertThat(refusal(frigate.published("frigate/events", "{\"after\":5}")).detail())
        .isEqualTo("after: is no object");
    assertThat(refusal(frigate.published("frigate/events", "{\"after\":{\"label\":1}}")).detail())
        .isEqualTo("after.label: is not a string");
    assertThat(
            events(frigate.published("frigate/events", tracked(",\"top_score\":1e999")))
                .getFirst()
                .values()
                .toString())
        .contains("after.top_score: ");
    assertThat(refusal(frigate.published("frigate/reviews", "[".repeat(100))).reason())
        .isEqualTo(RefusalReason.TOO_LARGE);
    assertThat(refusal(frigate.published("frigate/gate/person", new byte[] {(byte) 0xff})).reason())
        .isEqualTo(RefusalReason.BAD_FIELD);
    assertThat(refusal(frigate.published("frigate/gate/person", "")).reason())
        .isEqualTo(RefusalReason.NOTHING_IN_IT);
    assertThat(refusal(frigate.posted("frigate", "gate", "", new byte[0])).detail())
        .contains("over MQTT");
    assertThat(
            events(frigate.published("frigate/stats", "{\"n\":" + "9".repeat(390) + "}"))
                .getFirst()
                .values()
                .size())
        .isEqualTo(1);
  }

  @Test
  void readsAnotherBaseTopicAndRefusesOneWithWildcards() {
    TestProfiles north =
        with(new FrigateSettings("site/frigate-2", List.of(), List.of(), false, false));

    assertThat(
            events(north.published("site/frigate-2/available", "online"))
                .getFirst()
                .device()
                .value())
        .isEqualTo("site:frigate-2");
    assertThatThrownBy(() -> new FrigateSettings("frigate/#", List.of(), List.of(), false, false))
        .hasMessageContaining("linli.profile.frigate.base-topic");
  }

  private static String id(DeviceEvent event) {
    return Objects.requireNonNull(event.givenId().map(EventId::value).orElse(null));
  }
}
