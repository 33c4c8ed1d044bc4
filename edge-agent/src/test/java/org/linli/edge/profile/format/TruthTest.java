package org.linli.edge.profile.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.TestProfiles.events;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.Address;
import org.linli.edge.profile.TestProfiles;
import org.linli.edge.profile.Unreadable;

class TruthTest {

  @ParameterizedTest
  @CsvSource({
    "true,true",
    "false,false",
    "1,true",
    "0,false",
    "1.0,true",
    "\"ON\",true",
    "\"oFf\",false",
    "\" 1 \",true",
    "\"0\\u0000\\u0000\",false",
    "\"Yes\",true",
    "\"inactive\",false"
  })
  void readsAStateAsFirmwareWritesIt(String json, boolean on) throws Unreadable {
    assertThat(Truth.of(Json.read(json.getBytes(StandardCharsets.UTF_8)))).contains(on);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "\"\"", "\"maybe\"", "null", "{}", "[]", "\"alarm\"", "1e400"})
  void takesNothingElseForAState(String json) throws Unreadable {
    assertThat(Truth.of(Json.read(json.getBytes(StandardCharsets.UTF_8)))).isEmpty();
  }

  /** Firmware that sends its whole buffer sends NUL bytes after the message. */
  @Test
  void ignoresNulBytesAfterAMessage() throws Unreadable {
    byte[] padded = "{\"type\":\"smoke.detected\"}\u0000\u0000".getBytes(StandardCharsets.UTF_8);
    byte[] within = "{\"type\":\"smoke.detected\\u0000\"}".getBytes(StandardCharsets.UTF_8);
    Address box = new Address.Device(Address.Format.LINLI_JSON, "environment", "box-1");

    assertThat(Json.read(padded).path("type").asString()).isEqualTo("smoke.detected");
    for (byte[] each : new byte[][] {padded, within}) {
      assertThat(events(TestProfiles.of().sent(box, each)))
          .extracting(event -> event.type().value())
          .containsExactly("smoke.detected");
    }
    assertThat(ScalarPayload.read("ON\u0000".getBytes(StandardCharsets.UTF_8))).isEqualTo("ON");
    assertThat(Xml.read("<a>1</a>\u0000\n\u0000".getBytes(StandardCharsets.UTF_8)).name())
        .isEqualTo("a");
  }
}
