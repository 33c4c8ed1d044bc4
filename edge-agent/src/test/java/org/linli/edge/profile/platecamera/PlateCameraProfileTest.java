package org.linli.edge.profile.platecamera;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.TestProfiles.events;
import static org.linli.edge.profile.TestProfiles.refusal;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestPictures;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.Kind;
import org.linli.event.Value;

class PlateCameraProfileTest {

  private static final String TOPIC = "device/fd495d6ee960dbec/message/up/ivs_result";

  @TempDir Path data;

  private final TestProfiles profiles =
      TestProfiles.of(new PlateCameraProfile(new PlateCameraSettings(false), TestPictures.none()));

  @Test
  void readsAPlateOverMqttAndHttp() {
    DeviceEvent event = one(profiles.published(TOPIC, envelope(plate("甘B12345"))));

    assertThat(event.device().value()).isEqualTo("fd495d6ee960dbec");
    assertThat(event.kind()).isEqualTo(Kind.PARKING);
    assertThat(event.type().value()).isEqualTo("plate.read");
    assertThat(event.time()).isEqualTo(Instant.parse("2026-11-23T05:16:00.500Z"));
    assertThat(event.givenId().orElseThrow().value()).isEqualTo("ivs-m-1");
    assertThat(event.values().byName())
        .containsEntry("plate", new Value.Text("甘B****5"))
        .containsEntry("confidence", new Value.Whole(96))
        .containsEntry("direction", new Value.Whole(1))
        .containsEntry("triggerType", new Value.Whole(2));
    DeviceEvent posted = one(post(plate("甘B12345")));
    assertThat(posted.device().value()).isEqualTo("gate-1");
    assertThat(posted.givenId()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"甘B12345,甘B****5", "OTM2022,OT****2", "京AD12345,京A****5", "AB1,****"})
  void showsAPlateInPartOnlyInClearOrInBase64(String plate, String shown) {
    String base64 = Base64.getEncoder().encodeToString(plate.getBytes(UTF_8));

    assertThat(one(post(plate(plate))).values().find("plate")).contains(new Value.Text(shown));
    if (base64.length() >= 8) {
      assertThat(one(post(plate(base64))).values().find("plate")).contains(new Value.Text(shown));
    }
  }

  @Test
  void showsItWholeWhereItIsToldTo() {
    Interpreted whole =
        TestProfiles.of(new PlateCameraProfile(new PlateCameraSettings(true), TestPictures.none()))
            .published(TOPIC, plate("甘B12345"));

    assertThat(one(whole).values().find("plate")).contains(new Value.Text("甘B12345"));
  }

  @ParameterizedTest
  @CsvSource({"_无_", "X+aXoF8=", "''"})
  void seesAVehicleWhereNoPlateWasRead(String license) {
    DeviceEvent event = one(post(plate(license)));

    assertThat(event.type().value()).isEqualTo("vehicle.seen");
    assertThat(event.values().find("plate")).isEmpty();
  }

  @Test
  void passesHousekeepingOver() {
    assertThat(profiles.published("device/x/message/up/keep_alive", "{}"))
        .isInstanceOf(Interpreted.PassedOver.class);
    assertThat(post("{\"heartbeat\":{\"countid\":3}}")).isInstanceOf(Interpreted.PassedOver.class);
  }

  @Test
  void keepsItsPicturesAtTheGateway() {
    String image = Base64.getEncoder().encodeToString(TestPictures.JPEG);
    TestProfiles keeping =
        TestProfiles.of(
            new PlateCameraProfile(new PlateCameraSettings(false), TestPictures.in(data)));
    String body =
        plate("甘B12345")
            .replace(
                "\"license\"",
                "\"imageFile\":\"" + image + "\",\"imageFragmentFile\":\"%\",\"license\"");

    DeviceEvent event = one(keeping.published(TOPIC, body));

    Value.Text id = (Value.Text) event.values().find("picture").orElseThrow();
    assertThat(data.resolve("pictures").resolve(id.text() + ".jpg"))
        .hasBinaryContent(TestPictures.JPEG);
    assertThat(event.values().find("picture-lost")).isPresent();
    assertThat(event.values().toString()).doesNotContain(image);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|MISSING_FIELD|AlarmInfoPlate",
        "[]|BAD_FIELD|no JSON object",
        "{\"AlarmInfoPlate\":{}}|MISSING_FIELD|PlateResult",
        "{\"AlarmInfoPlate\":{\"result\":{\"PlateResult\":{}}}}|MISSING_FIELD|license",
        "{\"AlarmInfoPlate\":{\"result\":{\"PlateResult\":{\"license\":7}}}}|BAD_FIELD|license"
      })
  void refusesWithTheFieldsName(String body, RefusalReason reason, String said) {
    assertThat(refusal(post(body)).reason()).isEqualTo(reason);
    assertThat(refusal(post(body)).detail()).contains(said);
  }

  private Interpreted post(String body) {
    return profiles.posted("platecamera", "gate-1", "application/json", body.getBytes(UTF_8));
  }

  private static DeviceEvent one(Interpreted interpreted) {
    assertThat(events(interpreted)).hasSize(1);
    return events(interpreted).getFirst();
  }

  private static String envelope(String payload) {
    return "{\"id\":\"m-1\",\"payload\":" + payload + "}";
  }

  private static String plate(String license) {
    return """
    {"AlarmInfoPlate":{"deviceName":"ParkingCam","result":{"PlateResult":{"license":"%s",
    "confidence":96,"direction":1,"triggerType":2,
    "timeStamp":{"Timeval":{"sec":1795410960,"usec":500000}}}},"serialno":"fd495d6ee960dbec"}}\
    """
        .formatted(license);
  }
}
