package org.linli.edge.profile.platecamera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.TestProfiles.events;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.profile.TestPictures;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.EventId;
import org.linli.event.Value;

class PlateRecognizerProfileTest {

  private static final Path FIELD =
      Path.of("src/test/resources/field/35-own-mapping-platerecognizer");

  @TempDir Path folder;

  private TestProfiles profiles(boolean wholePlates, String... streams) {
    return TestProfiles.of(
        new PlateRecognizerProfile(
            new PlateRecognizerSettings(wholePlates, Set.of(streams)), TestPictures.in(folder)));
  }

  private static DeviceEvent hook(TestProfiles profiles) throws Exception {
    return events(
            profiles.posted(
                "platerecognizer",
                "gate-1",
                "application/json",
                Files.readAllBytes(FIELD.resolve("hook.json"))))
        .getFirst();
  }

  @Test
  void masksThePlateInBothForms() throws Exception {
    DeviceEvent json = hook(profiles(false));
    DeviceEvent form =
        events(
                profiles(false)
                    .posted(
                        "platerecognizer",
                        "gate-1",
                        "multipart/form-data; boundary=B",
                        Files.readAllBytes(FIELD.resolve("hook-multipart.bin"))))
            .getFirst();

    assertThat(json.type().value()).isEqualTo("plate.read");
    assertThat(json.values().byName().get("plate")).hasToString("Text[text=9J****1]");
    assertThat(form.type().value()).isEqualTo("plate.read");
    assertThat(form.values().byName().get("plate")).hasToString("Text[text=7A****3]");
  }

  @Test
  void tellsTheWholePlateWhereItMay() throws Exception {
    assertThat(hook(profiles(true)).values().byName().get("plate"))
        .hasToString("Text[text=9JUB11]");
  }

  @Test
  void makesEachCameraOfAStreamAPartOfIt() throws Exception {
    assertThat(hook(profiles(false)).device().value()).isEqualTo("gate-1");
    assertThat(hook(profiles(false, "gate-1")).device().value()).isEqualTo("gate-1:camera-1");
  }

  @Test
  void readsAPlateInGbk() {
    DeviceEvent event =
        events(
                profiles(true)
                    .posted(
                        "platerecognizer",
                        "gate-1",
                        "application/json",
                        "{\"data\":{\"camera_id\":\"南门\",\"results\":[{\"plate\":\"京A12345\"}]}}"
                            .getBytes(Charset.forName("GBK"))))
            .getFirst();

    assertThat(event.type().value()).isEqualTo("plate.read");
    assertThat(event.values().byName())
        .containsEntry("plate", new Value.Text("京A12345"))
        .containsKey("defect");
  }

  @Test
  void takesAPlateWhoseTimeCannotBeRead() {
    DeviceEvent event =
        events(
                profiles(false)
                    .posted(
                        "platerecognizer",
                        "gate-1",
                        "",
                        "{\"data\":{\"timestamp\":\"soon\",\"results\":[{\"plate\":\"ab123\"}]}}"
                            .getBytes(StandardCharsets.UTF_8)))
            .getFirst();

    assertThat(event.time()).isEqualTo(TestProfiles.RECEIVED);
    assertThat(event.values().byName()).containsKeys("plate", "clock", "defect");
  }

  /** Some versions call every picture the same. */
  @Test
  void tellsUploadsApartWhoseFileHasOneName() {
    String upload =
        "{\"data\":{\"filename\":\"frame.jpg\",\"timestamp\":\"%s\",\"results\":[{\"plate\":\"%s\"}]}}";
    String first = upload.formatted("2026-11-23T05:16:00Z", "ab123");

    assertThat(id(first)).isNotNull().isEqualTo(id(first));
    assertThat(id(first))
        .isNotEqualTo(id(upload.formatted("2026-11-23T05:16:00Z", "cd456")))
        .isNotEqualTo(id(upload.formatted("2026-11-23T05:17:00Z", "ab123")));
    assertThat(form(first, "one")).isEqualTo(form(first, "one")).isNotEqualTo(form(first, "two"));
  }

  private @Nullable EventId id(String json) {
    return events(
            profiles(false)
                .posted(
                    "platerecognizer",
                    "gate-1",
                    "application/json",
                    json.getBytes(StandardCharsets.UTF_8)))
        .getFirst()
        .id();
  }

  private @Nullable EventId form(String json, String picture) {
    String body =
        "--B\r\nContent-Disposition: form-data; name=\"json\"\r\n\r\n"
            + json
            + "\r\n"
            + "--B\r\n"
            + "Content-Disposition: form-data; name=\"upload\"; filename=\"frame.jpg\"\r\n"
            + "Content-Type: image/jpeg\r\n\r\n"
            + picture
            + "\r\n--B--\r\n";
    return events(
            profiles(false)
                .posted(
                    "platerecognizer",
                    "gate-1",
                    "multipart/form-data; boundary=B",
                    body.getBytes(StandardCharsets.UTF_8)))
        .getFirst()
        .id();
  }
}
