package org.linli.edge.profile.hikvision;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.TestProfiles.RECEIVED;
import static org.linli.edge.profile.TestProfiles.refusal;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestPictures;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.Kind;
import org.linli.event.Value;

class HikvisionProfileTest extends HikvisionTests {

  @TempDir Path data;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://www.hikvision.com/ver20/XMLSchema",
        "http://www.isapi.org/ver20/XMLSchema",
        "http://www.std-cgi.com/ver20/XMLSchema",
        "urn:psialliance-org"
      })
  void readsAnAlertInEachOfItsNamespaces(String namespace) {
    DeviceEvent event =
        one(
            post(
                alert("linedetection", "active")
                    .replace(
                        "<EventNotificationAlert",
                        "<EventNotificationAlert xmlns='" + namespace + "'")));

    assertThat(event.type().value()).isEqualTo("zone.intruded");
    assertThat(event.kind()).isEqualTo(Kind.CAMERA);
    assertThat(event.device().value()).isEqualTo("cam-1");
    assertThat(event.time()).isEqualTo(Instant.parse("2026-11-23T05:16:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "fielddetection,zone.intruded",
    "regionEntrance,zone.intruded",
    "videoloss,video.lost",
    "shelteralarm,camera.tampered",
    "tamperdetection,camera.tampered",
    "fireDetection,fire.seen",
    "VMD,motion.detected",
    "PIR,motion.detected",
    "IO,input.activated",
    "diskfull,device.fault",
    "fireEscapeDetection,fire-lane.occupied",
    "personFailDown,fall.detected",
    "sosButton,sos.pressed",
    "electricBikeDetection,ebike.in-elevator",
    "highAltitudeThrow,object.fallen-from-height",
    "vandalProofAlarm,camera.tampered",
    "raidException,device.fault",
    "audioexception,sound.detected",
    "audioAbnormal,sound.detected",
    "somethingNew,alarm.unknown",
    "peopleCounting,measurement"
  })
  void mapsWhatTheyCallAnAlarm(String theirs, String ours) {
    assertThat(one(post(alert(theirs, "active"))).type().value()).isEqualTo(ours);
  }

  @Test
  void looksIntoALastingAlarmForWhatItIsAbout() {
    String duration =
        alert("duration", "active")
            .replace(
                "</EventNotificationAlert",
                "<DurationList><Duration><relationEvent>fielddetection</relationEvent></Duration></DurationList></EventNotificationAlert");

    assertThat(one(post(duration)).type().value()).isEqualTo("zone.intruded");
    assertThat(
            one(post(
                    "{\"eventType\":\"duration\",\"eventState\":\"active\",\"DurationList\":[{\"relationEvent\":\"linedetection\"}]}"))
                .type()
                .value())
        .isEqualTo("zone.intruded");
  }

  @Test
  void takesAHeartbeatForASignOfLifeOnceAMinute() {
    String heartbeat =
        alert("videoloss", "inactive").replace("<activePostCount>1<", "<activePostCount>0<");
    assertThat(one(post(heartbeat)).values().find("heartbeat")).contains(new Value.Truth(true));
    assertThat(post(heartbeat)).isInstanceOf(Interpreted.PassedOver.class);
    String other = "{\"eventType\":\"heartBeat\"}";
    assertThat(post(other)).isInstanceOf(Interpreted.PassedOver.class);
    assertThat(
            profiles
                .at(RECEIVED.plus(YEAR))
                .posted("hikvision", "cam-1", "application/json", other.getBytes(UTF_8)))
        .as("the clock jumped")
        .isInstanceOf(Interpreted.PassedOver.class);
    ran.addAndGet(60 * SECOND);
    assertThat(one(post(other)).values().find("heartbeat")).contains(new Value.Truth(true));
  }

  @Test
  void tellsWhenALostPictureIsBack() {
    assertThat(one(post(alert("videoloss", "active"))).type().value()).isEqualTo("video.lost");
    assertThat(one(post(alert("videoloss", "inactive"))).type().value())
        .isEqualTo("video.restored");
    assertThat(one(post(alert("videoloss", "inactive"))).type().value()).isEqualTo("measurement");
  }

  @Test
  void hangsOtherChannelsBelowTheDeviceAndAllOfARecorder() {
    String third = alert("VMD", "active").replace("<channelID>1<", "<channelID>3<");
    assertThat(one(post(third)).device().value()).isEqualTo("cam-1:3");
    assertThat(
            one(profiles.posted(
                    "hikvision", "recorder-1", "", alert("VMD", "active").getBytes(UTF_8)))
                .device()
                .value())
        .isEqualTo("recorder-1:1");
  }

  @Test
  void keepsThePictureOfAMultipartPostAtTheGateway() {
    String body =
        "--b\r\nContent-Type: application/json\r\n\r\n"
            + access(5, 75)
            + "\r\n"
            + "--b\r\n"
            + "Content-Disposition: form-data; name=\"Picture\"; filename=\"../../x.sh\"\r\n"
            + "Content-Type: image/jpeg\r\n\r\n"
            + new String(TestPictures.JPEG, ISO_8859_1)
            + "\r\n--b--\r\n";
    TestProfiles keeping = profiles(false, TestPictures.in(data));

    Interpreted interpreted =
        keeping.posted(
            "hikvision", "door-1", "multipart/form-data; boundary=b", body.getBytes(ISO_8859_1));

    Value.Text id = (Value.Text) one(interpreted).values().find("picture").orElseThrow();
    Path kept = data.resolve("pictures").resolve(id.text() + ".jpg");
    assertThat(kept).hasBinaryContent(TestPictures.JPEG);
    interpreted.notKept();
    assertThat(kept).doesNotExist();
  }

  @Test
  void saysThatAPictureWasLostAndKeepsTheEvent() {
    String body =
        "--b\n\n" + alert("VMD", "active") + "\n--b\nContent-Type: image/jpeg\n\nno picture\n--b--";

    DeviceEvent event =
        one(
            profiles(false, TestPictures.in(data))
                .posted("hikvision", "cam-1", "multipart/mixed; boundary=b", body.getBytes(UTF_8)));

    assertThat(event.values().find("picture-lost"))
        .contains(new Value.Text("neither JPEG nor PNG"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<E/>|NOTHING_IN_IT|EventNotificationAlert",
        "{}|MISSING_FIELD|eventType",
        "{\"eventType\":\"VMD\",\"eventState\":\"on\"}|BAD_FIELD|eventState",
        "{\"channelID\":{}} x|NOT_JSON|line 1",
        "{\"AccessControllerEvent\":{}}|MISSING_FIELD|subEventType",
        "{\"AccessControllerEvent\":{\"subEventType\":\"99999999999\"}}|BAD_FIELD|subEventType",
        "<!DOCTYPE x><x/>|NOT_XML|document type"
      })
  void refusesWithTheFieldsName(String body, RefusalReason reason, String said) {
    assertThat(refusal(post(body)).reason()).isEqualTo(reason);
    assertThat(refusal(post(body)).detail()).contains(said);
  }
}
