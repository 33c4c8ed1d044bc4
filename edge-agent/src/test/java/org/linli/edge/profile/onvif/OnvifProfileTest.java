package org.linli.edge.profile.onvif;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.TestProfiles.events;
import static org.linli.edge.profile.TestProfiles.refusal;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.Value;

class OnvifProfileTest {

  private final TestProfiles profiles = profiles(false);

  @ParameterizedTest
  @CsvSource({
    "RuleEngine/CellMotionDetector/Motion,IsMotion,true,motion.detected",
    "VideoSource/MotionAlarm,State,1,motion.detected",
    "RuleEngine/LineDetector/Crossed,ObjectId,15,zone.intruded",
    "RuleEngine/FieldDetector/ObjectsInside,IsInside,true,zone.intruded",
    "VideoSource/GlobalSceneChange/ImagingService,State,true,camera.tampered",
    "VideoSource/SignalLoss,State,true,video.lost",
    "Device/Trigger/DigitalInput,LogicalState,true,input.activated",
    "AccessControl/AccessGranted/Credential,CredentialToken,t,access.granted",
    "AccessControl/Denied/Credential,Reason,x,access.denied",
    "Door/State/DoorPhysicalState,State,Open,door.opened",
    "Door/State/DoorAlarm,State,DoorForcedOpen,door.forced",
    "Door/State/DoorAlarm,State,DoorOpenTooLong,door.held-open",
    "Door/State/DoorTamper,State,TamperDetected,reader.tampered",
    "Vendor/Something/Else,State,true,measurement"
  })
  void knowsWhatATopicMeans(String topic, String item, String value, String type) {
    DeviceEvent event = one(post(topic, "Changed", item, value));

    assertThat(event.type().value()).isEqualTo(type);
    assertThat(event.device().value()).isEqualTo("cam-1");
    assertThat(event.time()).isEqualTo(Instant.parse("2026-11-23T05:16:00Z"));
  }

  @Test
  void tellsAStateOnceAndItsEnd() {
    String loss = "VideoSource/SignalLoss";

    assertThat(types(loss, "Changed", "true")).containsExactly("video.lost");
    assertThat(types(loss, "Changed", "true")).containsExactly("measurement");
    assertThat(types(loss, "Changed", "false")).containsExactly("video.restored");
  }

  @Test
  void takesWhatWasSoBeforeForAStateAndNotForAnEventOfNow() {
    assertThat(types("VideoSource/MotionAlarm", "Initialized", "true"))
        .containsExactly("measurement");
    assertThat(types("VideoSource/SignalLoss", "Initialized", "false"))
        .containsExactly("video.restored");
    assertThat(types("VideoSource/SignalLoss", "Deleted", "true")).containsExactly("measurement");
    assertThat(types("VideoSource/VideoLoss", "Initialized", "true")).containsExactly("video.lost");
    assertThat(types("RuleEngine/LineDetector/Crossed", "Initialized", "true"))
        .containsExactly("measurement");
  }

  @Test
  void tellsAFallThatBeganWhileTheSubscriptionWasAway() {
    String fall = "RuleEngine/FallDetector/Fall";
    assertThat(types(fall, "Changed", "false")).containsExactly("measurement");
    assertThat(types(fall, "Initialized", "true")).containsExactly("fall.detected");
    assertThat(types(fall, "Changed", "true")).containsExactly("measurement");
  }

  @Test
  void hangsTheSourcesOfARecorderBelowIt() {
    assertThat(
            events(
                    profiles.posted(
                        "onvif",
                        "recorder-1",
                        "",
                        notify("VideoSource/SignalLoss", "Changed", "State", "true")
                            .getBytes(UTF_8)))
                .getFirst()
                .device()
                .value())
        .isEqualTo("recorder-1:VideoSource_1");
  }

  @Test
  void leavesPeopleOutUnlessItIsToldTo() {
    String granted =
        notify(
            "AccessControl/AccessGranted/Credential", "Changed", "CredentialHolderName", "Li Hua");

    assertThat(one(post(granted)).values().toString()).doesNotContain("Li Hua");
    assertThat(
            one(profiles(true).posted("onvif", "cam-1", "", granted.getBytes(UTF_8)))
                .values()
                .toString())
        .contains("Li Hua");
  }

  @Test
  void readsSeveralInOneEnvelope() {
    String both =
        "<s:Envelope xmlns:s='urn:s'><s:Body>"
            + notify("VideoSource/MotionAlarm", "Changed", "State", "true")
            + notify("Door/State/DoorPhysicalState", "Changed", "State", "Open")
            + "</s:Body></s:Envelope>";

    assertThat(events(post(both)))
        .extracting(event -> event.type().value())
        .containsExactly("motion.detected", "door.opened");
  }

  @Test
  void refusesWithTheFieldsName() {
    assertThat(refusal(post("<Notify/>")).reason()).isEqualTo(RefusalReason.NOTHING_IN_IT);
    assertThat(refusal(post("{}")).reason()).isEqualTo(RefusalReason.NOT_XML);
    assertThat(refusal(post("<NotificationMessage/>")).detail()).contains("Topic: is missing");
    assertThat(
            refusal(post("<NotificationMessage><Topic>a</Topic></NotificationMessage>")).detail())
        .contains("Message.Message: is missing");
    assertThat(refusal(post("VideoSource/SignalLoss", "Changed", "Other", "true")).detail())
        .contains("Data.State: is missing");
    assertThat(
            events(post(notify("a", "Changed", "b", "c").replace("2026-11-23T05:16:00Z", "today")))
                .getFirst()
                .values()
                .toString())
        .contains("UtcTime: ", "gateway");
  }

  /** Some cameras send 0000-00-00T00:00:00Z. */
  @Test
  void takesAnAlarmWhoseTimeCannotBeRead() {
    DeviceEvent lost =
        one(
            post(
                notify("VideoSource/SignalLoss", "Changed", "State", "true")
                    .replace("2026-11-23T05:16:00Z", "0000-00-00T00:00:00Z")));

    assertThat(lost.type().value()).isEqualTo("video.lost");
    assertThat(lost.time()).isEqualTo(TestProfiles.RECEIVED);
    assertThat(lost.values().byName()).containsEntry("clock", new Value.Text("gateway"));
    assertThat(lost.values().toString()).contains("UtcTime: is not a time");
  }

  @Test
  void aLongTopicCostsNoMoreThanALongValue() {
    String harmless = notify("a", "Changed", "Text", "a".repeat(240_000));
    String topic = notify("a".repeat(240_000), "Changed", "Text", "a");
    String prefixes = notify("a:".repeat(120_000), "Changed", "Text", "a");

    long usual = leastTime(harmless);

    assertThat(leastTime(topic)).as("ns, a value takes %s", usual).isLessThan(5 * usual);
    assertThat(leastTime(prefixes)).as("ns, a value takes %s", usual).isLessThan(5 * usual);
  }

  @Test
  void refusesATopicThatIsLongerThanAnyAndReadsTheLongest() {
    Refusal refusal = refusal(post("a".repeat(1_020), "Changed", "State", "true"));

    assertThat(refusal.reason()).isEqualTo(RefusalReason.TOO_LARGE);
    assertThat(refusal.detail()).isEqualTo("Topic: has 1025 characters, at most 1024 are read");
    assertThat(one(post("a".repeat(1_019), "Changed", "State", "true")).type().value())
        .isEqualTo("measurement");
  }

  @ParameterizedTest
  @CsvSource({
    "Vendor/tnsacme:Something,Vendor/Something",
    "a::b,:b",
    "//x-y_z:w/:v/,//w/:v/",
    "a:b:c,c"
  })
  void leavesOutThePrefixesOfATopic(String topic, String without) {
    assertThat(one(post(topic, "Changed", "Text", "x")).values().byName())
        .containsEntry("topic", new Value.Text(without));
  }

  /** Of the processor, so that nothing else that runs counts. */
  private long leastTime(String body) {
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      long began = thread.getCurrentThreadCpuTime();
      post(body);
      least = Math.min(least, thread.getCurrentThreadCpuTime() - began);
    }
    return least;
  }

  private List<String> types(String topic, String operation, String value) {
    return events(post(topic, operation, "State", value)).stream()
        .map(event -> event.type().value())
        .toList();
  }

  private Interpreted post(String topic, String operation, String item, String value) {
    return post(notify(topic, operation, item, value));
  }

  private Interpreted post(String body) {
    return profiles.posted("onvif", "cam-1", "application/soap+xml", body.getBytes(UTF_8));
  }

  private static TestProfiles profiles(boolean people) {
    return TestProfiles.of(new OnvifProfile(new OnvifSettings(Set.of("recorder-1"), people)));
  }

  private static DeviceEvent one(Interpreted interpreted) {
    assertThat(events(interpreted)).hasSize(1);
    return events(interpreted).getFirst();
  }

  private static String notify(String topic, String operation, String item, String value) {
    return """
    <wsnt:Notify xmlns:wsnt="http://docs.oasis-open.org/wsn/b-2" xmlns:tt="http://www.onvif.org/ver10/schema">
    <wsnt:NotificationMessage><wsnt:Topic>tns1:%s</wsnt:Topic><wsnt:Message>
    <tt:Message UtcTime="2026-11-23T05:16:00Z" PropertyOperation="%s">
    <tt:Source><tt:SimpleItem Name="Source" Value="VideoSource_1"/></tt:Source>
    <tt:Data><tt:SimpleItem Value="%s" Name="%s"/></tt:Data>
    </tt:Message></wsnt:Message></wsnt:NotificationMessage></wsnt:Notify>\
    """
        .formatted(topic, operation, value, item);
  }
}
