package org.linli.edge.profile.onvif;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.TestProfiles.events;
import static org.linli.edge.profile.TestProfiles.refusal;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;

/**
 * Topics and items as makers send them. The names come from openvideolibs/onvif-parsers, the issues
 * of home-assistant/core, Axis' event declarations, and public receivers of Hanwha's, Hikvision's
 * and Uniview's notifications.
 */
class MakersTopicsTest {

  private final TestProfiles profiles = profiles(false);

  @ParameterizedTest
  @CsvSource({
    // TP-Link Tapo and Vigi.
    "tns1:RuleEngine/CellMotionDetector/Intrusion, IsIntrusion, zone.intruded",
    "tns1:RuleEngine/CellMotionDetector/LineCross, IsLineCross, zone.intruded",
    "tns1:RuleEngine/LineCrossDetector/LineCross, IsLineCross, zone.intruded",
    "tns1:RuleEngine/CellMotionDetector/Tamper, IsTamper, camera.tampered",
    "tns1:RuleEngine/PeopleDetector/People, IsPeople, object.detected",
    "tns1:RuleEngine/CellMotionDetector/People, IsPeople, object.detected",
    "tns1:RuleEngine/TPSmartEventDetector/TPSmartEvent, IsVehicle, object.detected",
    "tns1:RuleEngine/TPSmartEventDetector/TPSmartEvent, IsPet, object.detected",
    "tns1:RuleEngine/CellMotionDetector/TpSmartEvent, IsLineCross, zone.intruded",
    // Samsung and Hanwha.
    "tns1:VideoAnalytics/tnssamsung:MotionDetection, State, motion.detected",
    "tns1:VideoAnalytics/tnssamsung:MotionDetection, Motion, motion.detected",
    "tns1:VideoAnalytics/tnssamsung:TamperingDetection, State, camera.tampered",
    "tns1:Device/tns1:Trigger/tnssamsung:DigitalInput, Level, input.activated",
    "tns1:AudioAnalytics/tnssamsung:SoundDetection, State, sound.detected",
    "tns1:AudioSource/tnssamsung:AudioDetection, Audio, sound.detected",
    "tnssamsung:IVA/Fire, State, fire.seen",
    "tnssamsung:IVA/Smoke, State, fire.seen",
    "tnssamsung:IVA/LoiteringDetection, State, loitering.detected",
    "tns1:OpenApp/WiseAI/LineCrossing, State, zone.intruded",
    "tns1:OpenApp/WiseAI/IvaArea, State, zone.intruded",
    "tns1:OpenApp/WiseAI/ObjectDetection, State, object.detected",
    // Hikvision.
    "tns1:Device/Trigger/tnshik:AlarmIn, State, input.activated",
    "tns1:VideoAnalytics/tnshik:MaskAlarm, State, camera.tampered",
    "tns1:UserAlarm/VideoLost, State, video.lost",
    "tns1:RuleEngine/FieldDetector/ObjectsInside, IsInside, zone.intruded",
    "tns1:RuleEngine/RegionDetector/Enter, IsEnterRegion, zone.intruded",
    "tns1:RuleEngine/RegionDetector/Leave, IsLeaveRegion, zone.left",
    "tns1:RuleEngine/SceneDetector/Change, IsSceneChange, camera.tampered",
    "tns1:RuleEngine/CrowdDetector/Gathering, IsCrowdGathering, crowd.gathered",
    "tns1:RuleEngine/LoiteringDetector/Detect, IsLoiteringDetect, loitering.detected",
    "tns1:RuleEngine/ObjectDetector/Unattended, IsUnattendedObject, object.left",
    "tns1:RuleEngine/ObjectDetector/Removal, IsObjectRemoval, object.removed",
    "tns1:VideoSource/ImageTooDark/ImagingService, State, image.degraded",
    // Dahua, Uniview and those who build on them.
    "tns1:UserAlarm/IVA/HumanShapeDetect, State, object.detected",
    "tns1:VehicleAlarm/IVB/VehicleDetect, State, object.detected",
    "tns1:RuleEngine/MyRuleDetector/ObjectsInside, State, zone.intruded",
    "tns1:RuleEngine/TamperDetector/Tamper, IsTamper, camera.tampered",
    "tns1:RuleEngine/LineDetector/Crossed, IsLineCross, zone.intruded",
    // Reolink.
    "tns1:RuleEngine/MyRuleDetector/PeopleDetect, State, object.detected",
    "tns1:RuleEngine/MyRuleDetector/DogCatDetect, State, object.detected",
    "tns1:RuleEngine/MyRuleDetector/Package, State, object.detected",
    "tns1:RuleEngine/MyRuleDetector/Visitor, State, doorbell.rung",
    // Axis, Bosch, Avigilon, Ajax.
    "tns1:VideoAnalytics/tnsaxis:MotionDetection, motion, motion.detected",
    "tns1:RuleEngine/tnsaxis:VMD3/vmd3_video_1, active, motion.detected",
    "tnsaxis:CameraApplicationPlatform/VMD/Camera1Profile1, active, motion.detected",
    "tnsaxis:CameraApplicationPlatform/MotionGuard/Camera1ProfileANY, active, motion.detected",
    "tnsaxis:CameraApplicationPlatform/FenceGuard/Camera1Profile1, active, zone.intruded",
    "tnsaxis:CameraApplicationPlatform/LoiteringGuard/Camera1Profile1, active, loitering.detected",
    "tnsaxis:CameraApplicationPlatform/ObjectAnalytics/Device1Scenario1, active, object.detected",
    "tns1:Device/tnsaxis:Sensor/PIR, state, motion.detected",
    "tns1:Device/tnsaxis:IO/Port, state, input.activated",
    "tns1:VideoSource/tnsaxis:Tampering, tampering, camera.tampered",
    "tns1:AudioSource/tnsaxis:TriggerLevel, triggered, sound.detected",
    "tns1:VideoAnalytics/tnsbosch:MotionAlarm, State, motion.detected",
    "tns1:Device/tns1:Trigger/tns1:Relay, LogicalState, output.activated",
    "tns1:RuleEngine/tnsajax:MotionDetector/Detection, Detected, motion.detected",
    "tns1:AudioAnalytics/Audio/DetectedSound, IsSoundDetected, sound.detected",
    "tns1:Device/HardwareFailure/StorageFailure, Failed, device.fault"
  })
  void tellsWhatAMakerMeansInEveryWayToWriteTrue(String topic, String item, String type) {
    for (String on : List.of("true", "1", "True", "active", " true ")) {
      String device = "cam-" + on.strip() + on.length();

      assertThat(types(device, notify(topic, "Changed", item, on)))
          .as("%s=%s", item, on)
          .containsExactly(type);
      assertThat(types(device, notify(topic, "Changed", item, on)))
          .as("said again")
          .containsExactly("measurement");
      assertThat(types(device, notify(topic, "Changed", item, "0")))
          .doesNotContain(type)
          .hasSize(1);
      assertThat(types(device, notify(topic, "Changed", item, on)))
          .as("begun again")
          .containsExactly(type);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tns1:Monitoring/ProcessorUsage, Value, 0.2",
    "tns1:RecordingConfig/JobState, State, Active",
    "tns1:RuleEngine/CountAggregation/Counter, Count, 12",
    "tns1:UserAlarm/tnsaxis:Recurring/Interval, active, 1",
    "tns1:Device/tnsacme:FirewallState, State, true",
    "tns1:Device/tnsacme:AlarmInfo, State, true",
    "tns1:VideoSource/tnsaxis:DayNightVision, day, 1",
    "tns1:VideoAnalytics/tnsacme:MotionLevel, Percent, 17"
  })
  void leavesWhatIsNoAlarmAMeasurement(String topic, String item, String value) {
    assertThat(types("cam-1", notify(topic, "Changed", item, value)))
        .containsExactly("measurement");
  }

  @Test
  void takesWhatHasNoStateForAMomentIfItIsNoProperty() {
    String moment =
        notify("tns1:RuleEngine/tnsajax:LineDetector/Crossing", "Changed", "ObjectId", "7")
            .replace(" PropertyOperation=\"Changed\"", "");

    assertThat(types("cam-1", moment)).containsExactly("zone.intruded");
    assertThat(types("cam-1", moment)).containsExactly("zone.intruded");
  }

  @Test
  void seesObjectsByTheirClasses() {
    String topic = "tns1:RuleEngine/ObjectDetection/Object";

    assertThat(types("cam-1", notify(topic, "Changed", "ClassTypes", "Human Vehicle")))
        .containsExactly("object.detected");
    assertThat(types("cam-1", notify(topic, "Changed", "ClassTypes", "")))
        .containsExactly("measurement");
    assertThat(types("cam-1", notify(topic, "Changed", "ClassTypes", "Animal")))
        .containsExactly("object.detected");
  }

  @Test
  void carriesANumberPlateOnlyIfItMay() {
    String plate =
        notify(
            "tns1:RuleEngine/VehicleDetector/tnshik:Vehicle", "Changed", "PlateNumber", "OTM2022");

    DeviceEvent without = events(post(profiles, "cam-1", plate)).getFirst();
    DeviceEvent with = events(post(profiles(true), "cam-1", plate)).getFirst();

    assertThat(without.type().value()).isEqualTo("vehicle.seen");
    assertThat(without.values().toString()).doesNotContain("OTM2022");
    assertThat(with.type().value()).isEqualTo("plate.read");
    assertThat(with.values().toString()).contains("OTM2022");
  }

  /** One lens of a camera with two has its picture back; the other has not. */
  @Test
  void endsALossOnlyWhenNoSourceIsLostAnyMore() {
    String loss = "tns1:VideoSource/SignalLoss";

    assertThat(types("cam-1", from("lens-1", notify(loss, "Changed", "State", "true"))))
        .containsExactly("video.lost");
    assertThat(types("cam-1", from("lens-2", notify(loss, "Changed", "State", "false"))))
        .containsExactly("measurement");
    assertThat(types("cam-1", from("lens-2", notify(loss, "Changed", "State", "true"))))
        .containsExactly("video.lost");
    assertThat(types("cam-1", from("lens-1", notify(loss, "Changed", "State", "false"))))
        .containsExactly("measurement");
    assertThat(types("cam-1", from("lens-2", notify(loss, "Changed", "State", "false"))))
        .containsExactly("video.restored");
  }

  /** Whatever else a camera says, only its own end clears a lost picture. */
  @Test
  void nothingElseClearsALostPicture() {
    post(profiles, "cam-1", notify("tns1:VideoSource/SignalLoss", "Changed", "State", "true"));

    List<String> others =
        Stream.of(
                notify("tns1:VideoSource/MotionAlarm", "Changed", "State", "false"),
                notify("tns1:UserAlarm/IVA/HumanShapeDetect", "Changed", "State", "0"),
                notify("tns1:VideoSource/GlobalSceneChange", "Initialized", "State", "false"),
                notify("tns1:Device/Trigger/DigitalInput", "Changed", "LogicalState", "false"),
                from("lens-9", notify("tns1:VideoSource/SignalLoss", "Changed", "State", "false")),
                notify("tns1:VideoSource/SignalLoss", "Deleted", "State", "false"))
            .flatMap(other -> types("cam-1", other).stream())
            .collect(Collectors.toList());

    assertThat(others).doesNotContain("video.restored");
  }

  @Test
  void refusesAStateThatIsNeitherTrueNorFalseInsteadOfTakingItForTheEnd() {
    post(profiles, "cam-1", notify("tns1:VideoSource/SignalLoss", "Changed", "State", "true"));

    assertThat(
            refusal(
                    post(
                        profiles,
                        "cam-1",
                        notify("tns1:VideoSource/SignalLoss", "Changed", "State", "perhaps")))
                .detail())
        .isEqualTo("Data.State: is missing, or says no state, in VideoSource/SignalLoss");
    assertThat(
            refusal(
                    post(
                        profiles,
                        "cam-1",
                        notify("tns1:RuleEngine/X/Y", "Changed", "IsTamper", "perhaps")))
                .detail())
        .isEqualTo("Data.IsTamper: is neither true nor false in RuleEngine/X/Y");
  }

  private List<String> types(String device, String body) {
    return events(post(profiles, device, body)).stream()
        .map(event -> event.type().value())
        .toList();
  }

  private static Interpreted post(TestProfiles profiles, String device, String body) {
    return profiles.posted("onvif", device, "application/soap+xml", body.getBytes(UTF_8));
  }

  private static TestProfiles profiles(boolean people) {
    return TestProfiles.of(new OnvifProfile(new OnvifSettings(Set.of(), people)));
  }

  private static String from(String source, String body) {
    return body.replace("VideoSource_1", source);
  }

  private static String notify(String topic, String operation, String item, String value) {
    return """
    <wsnt:Notify xmlns:wsnt="http://docs.oasis-open.org/wsn/b-2" xmlns:tt="http://www.onvif.org/ver10/schema">
    <wsnt:NotificationMessage><wsnt:Topic>%s</wsnt:Topic><wsnt:Message>
    <tt:Message UtcTime="2026-11-23T05:16:00Z" PropertyOperation="%s">
    <tt:Source><tt:SimpleItem Name="Source" Value="VideoSource_1"/></tt:Source>
    <tt:Data><tt:SimpleItem Name="%s" Value="%s"/></tt:Data>
    </tt:Message></wsnt:Message></wsnt:NotificationMessage></wsnt:Notify>\
    """
        .formatted(topic, operation, item, value);
  }
}
