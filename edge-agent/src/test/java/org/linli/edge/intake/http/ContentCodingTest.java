package org.linli.edge.intake.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.RunningGateway;
import org.linli.edge.intake.RefusalReason;

/** Bodies that are compressed (RFC 9110 section 8.4.1), as some clients send all of theirs. */
class ContentCodingTest {

  private static final String SMOKE = "{\"type\":\"smoke.detected\",\"values\":{\"n\":1}}";
  private static final int MEGABYTE = 1 << 20;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static RunningGateway gateway;

  @TempDir static Path data;

  @BeforeAll
  static void start() {
    gateway = RunningGateway.start(data, "--linli.http.patience=2s");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZIP ", "x-gzip", "deflate", "identity"})
  void readsTheEventInIt(String coding) throws Exception {
    String device = "smoke-" + coding.strip();

    assertThat(post(device, coding, coded(coding, SMOKE.getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(204);
    assertThat(gateway.kept(device).getFirst().type()).hasToString("smoke.detected");
  }

  @Test
  void readsWhatIsNotCodedAlthoughItsHeaderSaysSo() throws Exception {
    assertThat(post("smoke-plain", "gzip", SMOKE.getBytes(StandardCharsets.UTF_8))).isEqualTo(204);
    assertThat(gateway.kept("smoke-plain")).hasSize(1);
  }

  /** An alarm before the damage counts. */
  @Test
  void readsADamagedBodyAsFarAsItComes() throws Exception {
    byte[] whole = coded("gzip", (SMOKE + " ".repeat(9_000)).getBytes(StandardCharsets.UTF_8));
    String text = SMOKE.substring(0, SMOKE.length() - 1) + ",\"more\":\"" + random() + "\"}";
    byte[] torn = coded("gzip", text.getBytes(StandardCharsets.UTF_8));

    assertThat(post("smoke-1", "gzip", Arrays.copyOf(whole, whole.length - 8)))
        .as("its checksum is missing, and nothing else")
        .isEqualTo(204);
    assertThat(post("smoke-2", "gzip", Arrays.copyOf(torn, torn.length / 2))).isEqualTo(204);
    assertThat(gateway.kept("smoke-2").getFirst().type()).hasToString("smoke.detected");
    assertThat(gateway.kept("smoke-2").getFirst().values().find("defect")).isPresent();
  }

  @Test
  void refusesACodingThatItDoesNotKnow() throws Exception {
    assertThat(post("smoke-3", "br", new byte[] {1, 2, 3})).isEqualTo(415);
    assertThat(gateway.lastDeadLetter().refusal().reason())
        .isEqualTo(RefusalReason.UNSUPPORTED_FORMAT);
    assertThat(gateway.lastDeadLetter().refusal().detail())
        .contains("Content-Encoding br", "gzip, deflate");
  }

  /** Two hundred kilobytes that become two hundred megabytes. */
  @Test
  void readsNoMoreThanALimitOfWhatBecomesHuge() throws Exception {
    ByteArrayOutputStream few = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(few)) {
      byte[] nothing = new byte[MEGABYTE];
      Arrays.fill(nothing, (byte) ' ');
      for (int i = 0; i < 200; i++) {
        out.write(nothing);
      }
    }

    assertThat(post("smoke-4", "gzip", few.toByteArray())).isEqualTo(413);
    assertThat(gateway.lastDeadLetter().size())
        .isLessThan(
            ContentCoding.READ_ALWAYS + ContentCoding.MOST_RATIO * (few.size() + 1_000L) + 16_384);
  }

  /** A picture is hardly smaller when it is coded. */
  @Test
  void readsAnAlarmBesideALargePicture() throws Exception {
    byte[] pixels = new byte[3 * MEGABYTE];
    new Random(7).nextBytes(pixels);
    String picture = Base64.getEncoder().encodeToString(pixels);
    String text =
        "{\"type\":\"smoke.detected\",\"values\":{\"image\":\"" + picture + "\",\"n\":1}}";

    assertThat(post("smoke-5", "gzip", coded("gzip", text.getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(204);
    assertThat(gateway.kept("smoke-5").getFirst().type()).hasToString("smoke.detected");
  }

  private static String random() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      text.append(Integer.toHexString(i * 7_919));
    }
    return text.toString();
  }

  private static byte[] coded(String coding, byte[] body) throws IOException {
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    if (coding.equals("identity")) {
      return body;
    }
    try (OutputStream out =
        coding.equals("deflate") ? new DeflaterOutputStream(coded) : new GZIPOutputStream(coded)) {
      out.write(body);
    }
    return coded.toByteArray();
  }

  private static int post(String device, String coding, byte[] body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.http("/linli/environment/" + device))
            .header("Content-Type", "application/json")
            .header("Content-Encoding", coding)
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return CLIENT.send(request, BodyHandlers.ofString()).statusCode();
  }
}
