package org.linli.edge.profile.frigate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.linli.edge.profile.TestProfiles.events;
import static org.linli.edge.profile.TestProfiles.refusal;
import static org.linli.edge.profile.frigate.FrigateMessages.USUAL;
import static org.linli.edge.profile.frigate.FrigateMessages.review;
import static org.linli.edge.profile.frigate.FrigateMessages.tracked;
import static org.linli.edge.profile.frigate.FrigateMessages.with;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;

class FrigateProfileTest {

  private final TestProfiles frigate = with(USUAL);

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
        .isEqualTo("the payload: is neither online nor offline: perhaps");
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

  @Test
  void aSoundAfterFrigateCameBackIsNews() {
    String topic = "frigate/hall/audio/smoke_detector";
    frigate.published("frigate/available", "online");
    assertThat(types(topic, "ON")).containsExactly("fire.seen", "measurement");
    frigate.published("frigate/available", "online");
    assertThat(types(topic, "ON")).containsExactly("measurement");

    frigate.published("frigate/available", "offline");
    frigate.published("frigate/available", "online");

    assertThat(types(topic, "ON")).containsExactly("fire.seen", "measurement");
    assertThat(types(topic, "ON")).containsExactly("measurement");
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
}
