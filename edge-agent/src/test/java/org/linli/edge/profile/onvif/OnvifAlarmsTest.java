package org.linli.edge.profile.onvif;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.TestProfiles.events;
import static org.linli.edge.profile.TestProfiles.refusal;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;

/** No alarm is swallowed, cleared by something else, or refused for what is beside it. */
class OnvifAlarmsTest {

  private static final String CHANGED = "Changed";
  private static final String LOSS = "VideoSource/SignalLoss";

  private final TestProfiles profiles =
      TestProfiles.of(new OnvifProfile(new OnvifSettings(Set.of("recorder-1"), false)));

  @ParameterizedTest
  @CsvSource({
    "VideoSource/MotionAlarm, State, motion.detected",
    "RuleEngine/FieldDetector/ObjectsInside, IsInside, zone.intruded",
    "RuleEngine/CrowdDetector/Gathering, IsCrowdGathering, crowd.gathered",
    "Device/Trigger/DigitalInput, LogicalState, input.activated"
  })
  void tellsTheRealAlarmAfterAnInitialStateThatNobodyWasTold(
      String topic, String item, String type) {
    assertThat(types(topic, "Initialized", item, "true")).containsExactly("measurement");
    assertThat(types(topic, CHANGED, item, "true")).containsExactly(type);
    assertThat(types(topic, "Initialized", item, "true")).containsExactly("measurement");
    assertThat(types(topic, CHANGED, item, "true")).containsExactly("measurement");
  }

  /** A thousand people who walk by take no room from what lasts. */
  @Test
  void peopleInViewPushOutNoStateThatLasts() {
    assertThat(types("RuleEngine/X/IsTamper", CHANGED, "IsTamper", "true"))
        .containsExactly("camera.tampered");

    String inside = "RuleEngine/FieldDetector/ObjectsInside";
    for (int object = 0; object < 1_200; object++) {
      String key = "<Key>" + item("ObjectId", Integer.toString(object)) + "</Key>";
      String body = notify(inside, CHANGED, "", item("IsInside", "true"));
      assertThat(types(body.replace("<Data>", key + "<Data>"))).containsExactly("zone.intruded");
    }

    assertThat(types("RuleEngine/X/IsTamper", CHANGED, "IsTamper", "true"))
        .containsExactly("measurement");
  }

  @Test
  void tellsAnEndThatTheInitialStateShows() {
    String input = "Device/Trigger/DigitalInput";

    assertThat(types(input, "Initialized", "LogicalState", "false")).containsExactly("measurement");
    assertThat(types(input, CHANGED, "LogicalState", "true")).containsExactly("input.activated");
    assertThat(types(input, "Initialized", "LogicalState", "false"))
        .containsExactly("input.released");
  }

  @ParameterizedTest
  @CsvSource({
    "VideoSource/SignalLoss, State, video.lost",
    "VideoSource/MotionAlarm, State, motion.detected",
    "RuleEngine/X/Fall, IsFall, fall.detected",
    "Door/State/DoorAlarm, State, door.forced"
  })
  void tellsTheNextAlarmOfWhatWasDeleted(String topic, String item, String type) {
    String on = type.equals("door.forced") ? "DoorForcedOpen" : "true";

    assertThat(types(topic, CHANGED, item, on)).containsExactly(type);
    assertThat(types(topic, "Deleted", item, on)).containsExactly("measurement");
    assertThat(types(topic, CHANGED, item, on)).containsExactly(type);
    assertThat(types(topic, "Deleted", "Other", "perhaps")).containsExactly("measurement");
  }

  @Test
  void whatWasDeletedKeepsNoAlarmAlive() {
    String first = notify(LOSS, CHANGED, source("lens-1"), item("State", "true"));
    String second = notify(LOSS, CHANGED, source("lens-2"), item("State", "true"));
    String secondEnds = notify(LOSS, CHANGED, source("lens-2"), item("State", "false"));
    assertThat(types(first)).containsExactly("video.lost");
    assertThat(types(second)).containsExactly("video.lost");
    assertThat(types(notify(LOSS, "Deleted", source("lens-1"), item("State", "true"))))
        .containsExactly("measurement");

    assertThat(types(secondEnds)).containsExactly("video.restored");
  }

  private static String source(String token) {
    return item("VideoSourceToken", token);
  }

  @ParameterizedTest
  @CsvSource({
    "Device/tnsaxis:Casing/Open, Open, camera.tampered",
    "Device/tnsaxis:HardwareFailure/StorageFailure, disruption, device.fault",
    "Device/HardwareFailure/FanFailure, fan_failure, device.fault",
    "tnsacme:Analytics/Smoke, Seen, fire.seen",
    "tnsacme:Camera/VideoLost, lost, video.lost",
    "RuleEngine/tnsacme:FallDetection, Person_down, fall.detected"
  })
  void readsAnAlarmUnderANameThatOnlyItsMakerKnows(String topic, String item, String type) {
    assertThat(types(topic, CHANGED, item, "0")).doesNotContain(type);
    assertThat(types(topic, CHANGED, item, "1")).containsExactly(type);
    assertThat(types(topic, CHANGED, item, "1")).containsExactly("measurement");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tnsacme:IVA/Fire", "RuleEngine/tnsacme:Fallen", "Device/tnsacme:Panic"})
  void refusesAnAlarmThatSaysNoStateInsteadOfMeasuringIt(String topic) {
    assertThat(refusal(post(notify(topic, CHANGED, "", item("Stage", "third")))).detail())
        .contains("says no state");
  }

  @Test
  void keepsAnAlarmBesideAPlate() {
    String body = notify(LOSS, CHANGED, "", item("PlateNumber", "OTM2022") + item("State", "true"));
    assertThat(types(body)).containsExactly("video.lost", "vehicle.seen");
    assertThat(types("RuleEngine/LineDetector/Crossed", CHANGED, "TemplateId", "4"))
        .containsExactly("zone.intruded");
    assertThat(types("VideoSource/SignalLoss", "Deleted", "PlateNumber", "OTM2022"))
        .containsExactly("measurement");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PersonName",
        "UserName",
        "Name",
        "CardNo",
        "card_number",
        "EmployeeID",
        "CredentialToken",
        "PIN",
        "FaceName",
        "PlateNumber",
        "VisitorName",
        "Phone"
      })
  void carriesNothingThatSaysWhoSomebodyIs(String item) {
    String granted = notify("AccessControl/Denied/Credential", CHANGED, item(item, "Li-4711"), "");
    String data = notify(LOSS, CHANGED, "", item(item, "Li-4711") + item("State", "true"));

    assertThat(events(post(granted)).toString()).doesNotContain("Li-4711");
    assertThat(events(post(data)).toString()).doesNotContain("Li-4711");
  }

  @Test
  void carriesAStateThatNamesNobody() {
    DeviceEvent person = events(post(notify("a/b", CHANGED, "", item("IsPerson", "1")))).getFirst();

    assertThat(person.values().byName()).containsKey("IsPerson");
  }

  @Test
  void believesTheAlarmAmongItemsThatContradictEachOther() {
    String twice = item("State", "false") + item("State", "true");
    assertThat(types(notify(LOSS, CHANGED, "", twice))).containsExactly("video.lost");
    assertThat(types(notify(LOSS, CHANGED, "", twice))).doesNotContain("video.restored");

    List<DeviceEvent> named =
        events(
            post(
                notify(
                    "RuleEngine/TamperDetector/Tamper",
                    CHANGED,
                    "",
                    item("IsTamper", "false") + item("State", "true"))));
    assertThat(named).extracting(each -> each.type().value()).containsExactly("camera.tampered");
    assertThat(named.getFirst().values().toString()).contains("contradict each other");

    String door = item("State", "Normal") + item("State", "DoorForcedOpen");
    assertThat(types(notify("Door/State/DoorAlarm", CHANGED, "", door)))
        .containsExactly("door.forced");
  }

  @Test
  void tellsAnEndBesideWhatBegins() {
    String topic = "tnsacme:Status/All";
    assertThat(types(topic, CHANGED, "IsVideoLoss", "true")).containsExactly("video.lost");

    String both = item("IsVideoLoss", "false") + item("IsTamper", "true");
    assertThat(types(notify(topic, CHANGED, "", both)))
        .containsExactly("video.restored", "camera.tampered");
  }

  @Test
  void marksTheAlarmsBesideANotificationThatCannotBeRead() {
    String broken = notify(LOSS, CHANGED, "", item("State", "perhaps"));
    String alarm = notify("Door/State/DoorAlarm", CHANGED, "", item("State", "DoorForcedOpen"));
    String motion = notify("VideoSource/MotionAlarm", CHANGED, "", item("State", "true"));

    List<DeviceEvent> told = events(post("<n>" + alarm + broken + motion + "</n>"));

    assertThat(told)
        .extracting(each -> each.type().value())
        .containsExactly("door.forced", "motion.detected");
    assertThat(told)
        .allSatisfy(
            each -> assertThat(each.values().toString()).contains("is missing, or says no state"));
    String quiet = notify("VideoSource/MotionAlarm", CHANGED, "", item("State", "false"));
    assertThat(refusal(post("<n>" + quiet + broken + "</n>")).detail()).contains(LOSS);
  }

  @Test
  void takesAnAlarmBesideAnItemThatCannotBeRead() {
    String topic = "tnsacme:Status/All";
    List<DeviceEvent> told =
        events(
            post(notify(topic, CHANGED, "", item("IsMotion", "perhaps") + item("IsFire", "true"))));

    assertThat(told).extracting(each -> each.type().value()).containsExactly("fire.seen");
    assertThat(told.getFirst().values().toString()).contains("Data.IsMotion: is neither true");
    String fire = item("IsMotion", "false") + item("IsFire", "perhaps");
    assertThat(refusal(post(notify(topic, CHANGED, "", fire))).detail()).contains("Data.IsFire");
  }

  /** Otherwise its next beginning would be a repeat. */
  @Test
  void recordsAnEndBesideAnItemThatCannotBeRead() {
    String topic = "tnsacme:Status/All";
    String sound = item("IsSound", "unsupported");

    assertThat(types(notify(topic, CHANGED, "", sound + item("IsMotion", "true"))))
        .containsExactly("motion.detected");
    assertThat(types(notify(topic, CHANGED, "", sound + item("IsMotion", "false"))))
        .containsExactly("measurement");
    assertThat(types(notify(topic, CHANGED, "", sound + item("IsMotion", "true"))))
        .containsExactly("motion.detected");
  }

  @Test
  void recordsAnEndWithATextInAnotherEncodingThanItSays() {
    String topic = "VideoSource/MotionAlarm";
    assertThat(types(topic, CHANGED, "State", "true")).containsExactly("motion.detected");
    byte[] end =
        notify(topic, CHANGED, "", item("State", "false") + item("Area", "东门"))
            .getBytes(Charset.forName("GBK"));

    assertThat(events(profiles.posted("onvif", "cam-1", "", end)).getFirst().values().toString())
        .contains("is not UTF-8");
    assertThat(types(topic, CHANGED, "State", "true")).containsExactly("motion.detected");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keepsTwoDoorsOfOneDeviceApart(boolean isInSource) {
    assertThat(door("DoorAlarm", "DoorOpenTooLong", "1", isInSource))
        .containsExactly("door.held-open");
    assertThat(door("DoorAlarm", "Normal", "2", isInSource)).doesNotContain("door.closed");
    assertThat(door("DoorAlarm", "DoorOpenTooLong", "1", isInSource))
        .as("is still held open")
        .containsExactly("measurement");
    assertThat(door("DoorAlarm", "DoorOpenTooLong", "2", isInSource))
        .containsExactly("door.held-open");
    assertThat(door("DoorPhysicalState", "Closed", "2", isInSource))
        .as("would end the alarm of door 1")
        .containsExactly("measurement");
    assertThat(door("DoorPhysicalState", "Closed", "1", isInSource)).containsExactly("door.closed");
    assertThat(door("DoorAlarm", "DoorOpenTooLong", "1", isInSource))
        .as("again")
        .containsExactly("door.held-open");
  }

  @Test
  void tellsSourcesApartWhoseNamesBeginAlike() {
    String long1 = item("Source", "x".repeat(400) + "1");
    String long2 = item("Source", "x".repeat(400) + "2");

    assertThat(types(notify(LOSS, CHANGED, long1, item("State", "true"))))
        .containsExactly("video.lost");
    assertThat(types(notify(LOSS, CHANGED, long2, item("State", "true"))))
        .containsExactly("video.lost");
  }

  @Test
  void takesAnAlarmOfASourceThatCannotNameAPart() {
    String body = notify(LOSS, CHANGED, item("S", "x".repeat(500)), item("State", "true"));

    DeviceEvent lost =
        events(profiles.posted("onvif", "recorder-1", "", body.getBytes(UTF_8))).getFirst();

    assertThat(lost.type().value()).isEqualTo("video.lost");
    assertThat(lost.device().value()).isEqualTo("recorder-1");
    assertThat(lost.values().byName()).containsKey("defect");
  }

  /** Whatever else is said in whatever order, what was raised is not cleared. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void leavesARaisedAlarmRaised(long seed) {
    Random random = new Random(seed);
    List<String> others = others();
    assertThat(types(LOSS, CHANGED, "State", "true")).containsExactly("video.lost");
    assertThat(door("DoorAlarm", "DoorForcedOpen", "1", true)).containsExactly("door.forced");
    assertThat(door("DoorAlarm", "DoorOpenTooLong", "3", true)).contains("door.held-open");

    for (int i = 0; i < 400; i++) {
      if (post(others.get(random.nextInt(others.size()))) instanceof Interpreted.Understood told) {
        assertThat(told.events())
            .extracting(each -> each.type().value())
            .doesNotContain("video.restored", "door.secured", "door.closed");
      }
    }
    assertThat(types(LOSS, CHANGED, "State", "false")).containsExactly("video.restored");
    assertThat(door("DoorAlarm", "Normal", "1", true)).containsExactly("door.secured");
  }

  private static List<String> others() {
    List<String> others = new ArrayList<>();
    for (String operation : List.of(CHANGED, "Initialized", "")) {
      for (String value : List.of("true", "false", "perhaps", "Normal", "Closed", "")) {
        others.add(notify("VideoSource/MotionAlarm", operation, "", item("State", value)));
        others.add(notify("Device/Trigger/DigitalInput", operation, "", item("State", value)));
        others.add(notify("tnsacme:IVA/Fire", operation, "", item("Seen", value)));
        others.add(notify("a/b", operation, "", item("IsTamper", value)));
        String door = item("DoorToken", "door-2");
        others.add(notify("Door/State/DoorAlarm", operation, door, item("State", value)));
        others.add(notify("Door/State/DoorPhysicalState", operation, door, item("State", value)));
        others.add(notify("AccessControl/Denied/Credential", operation, door, ""));
      }
    }
    others.add(notify(LOSS, CHANGED, item("S", "lens-2"), item("State", "false")));
    others.add(notify("a/b", CHANGED, "", item("IsVideoLoss", "false")));
    others.add(notify(LOSS, CHANGED, "", item("State", "perhaps")));
    others.add(notify(LOSS, CHANGED, "", item("State", "false") + item("State", "true")));
    others.add("<n>" + others.get(0) + others.get(5) + "</n>");
    return others;
  }

  private List<String> door(String topic, String state, String door, boolean isInSource) {
    String token = item("DoorToken", "door-" + door);
    return types(
        notify(
            "Door/State/" + topic,
            CHANGED,
            isInSource ? token : "",
            item("State", state) + (isInSource ? "" : token)));
  }

  private List<String> types(String topic, String operation, String item, String value) {
    return types(notify(topic, operation, "", item(item, value)));
  }

  private List<String> types(String body) {
    return events(post(body)).stream().map(event -> event.type().value()).toList();
  }

  private Interpreted post(String body) {
    return profiles.posted("onvif", "cam-1", "", body.getBytes(UTF_8));
  }

  private static String item(String name, String value) {
    return "<SimpleItem Name=\"%s\" Value=\"%s\"/>".formatted(name, value);
  }

  private static String notify(String topic, String operation, String source, String data) {
    String said = operation.isEmpty() ? "" : " PropertyOperation=\"" + operation + "\"";
    return """
    <NotificationMessage><Topic>%s</Topic><Message><Message UtcTime="2026-11-23T05:16:00Z"%s>\
    <Source>%s</Source><Data>%s</Data></Message></Message></NotificationMessage>\
    """
        .formatted(topic, said, source, data);
  }
}
