package org.linli.edge.profile.linli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.TestProfiles.RECEIVED;
import static org.linli.edge.profile.linli.OneDoor.interpret;
import static org.linli.edge.profile.linli.OneDoor.refusal;
import static org.linli.edge.profile.linli.OneDoor.understood;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Address.Format;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Interpreted;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.EventId;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.Value;
import tools.jackson.dataformat.cbor.CBORMapper;

class LinliJsonTest {

  @Test
  void understandsTheExampleOfTheInterfacePage() {
    DeviceEvent event =
        understood(
                """
                {"type":"door.held-open","time":"2026-11-23T05:16:00.123Z","id":"a1b2-17","values":{"seconds":95,"open":true}}\
                """)
            .getFirst();

    assertThat(event.device()).isEqualTo(new DeviceId("door-1"));
    assertThat(event.kind()).isEqualTo(Kind.ACCESS);
    assertThat(event.type()).isEqualTo(new EventType("door.held-open"));
    assertThat(event.givenId()).contains(new EventId("a1b2-17"));
    assertThat(event.time()).isEqualTo("2026-11-23T05:16:00.123Z");
    assertThat(event.deviceTime()).isNull();
    assertThat(event.takenAt()).isEqualTo(RECEIVED);
    assertThat(event.values().byName())
        .containsExactly(
            Map.entry("seconds", new Value.Whole(95)), Map.entry("open", new Value.Truth(true)));
  }

  @Test
  void keepsWholeNumbersAndRealOnesApart() {
    assertThat(
            values(
                """
                {"type":"measurement","values":{"a":1,"b":1.0,"c":9223372036854775807,"d":9223372036854775808,"e":-2e3,"f":"1"}}\
                """))
        .containsExactly(
            Map.entry("a", new Value.Whole(1)),
            Map.entry("b", new Value.Real(1)),
            Map.entry("c", new Value.Whole(Long.MAX_VALUE)),
            Map.entry("d", new Value.Real(0x1p63)),
            Map.entry("e", new Value.Real(-2000)),
            Map.entry("f", new Value.Text("1")));
  }

  @Test
  void readsTheSameFromCbor() {
    byte[] cbor =
        new CBORMapper()
            .writeValueAsBytes(
                Map.of(
                    "type",
                    "measurement",
                    "time",
                    1_795_410_960_123L,
                    "values",
                    Map.of("t", 21.5)));

    assertThat(interpret(Format.LINLI_CBOR, cbor))
        .asInstanceOf(InstanceOfAssertFactories.type(Interpreted.Understood.class))
        .extracting(Interpreted.Understood::events)
        .asInstanceOf(InstanceOfAssertFactories.list(DeviceEvent.class))
        .singleElement()
        .satisfies(
            event -> assertThat(event.values().byName()).containsEntry("t", new Value.Real(21.5)));
  }

  @Test
  void readsASecondsTimeThatCborMarksAsOne() {
    byte[] cbor = {
      (byte) 0xa2,
      0x64,
      't',
      'y',
      'p',
      'e',
      0x6b,
      'm',
      'e',
      'a',
      's',
      'u',
      'r',
      'e',
      'm',
      'e',
      'n',
      't',
      0x64,
      't',
      'i',
      'm',
      'e',
      (byte) 0xc1,
      0x1a,
      0x6b,
      0x03,
      (byte) 0x9b,
      0x50
    };

    assertThat(interpret(Format.LINLI_CBOR, cbor))
        .asInstanceOf(InstanceOfAssertFactories.type(Interpreted.Understood.class))
        .satisfies(
            read ->
                assertThat(read.events().getFirst().time())
                    .isEqualTo(Instant.ofEpochSecond(0x6b039b50L)));
  }

  @Test
  void takesItsOwnTimeWhereTheDeviceGivesNone() {
    assertThat(understood("{\"type\":\"door.opened\"}").getFirst().time()).isEqualTo(RECEIVED);
    assertThat(understood("{\"type\":\"door.opened\",\"time\":null}").getFirst().time())
        .isEqualTo(RECEIVED);
  }

  @ParameterizedTest
  @CsvSource({
    "PT5M, true",
    "PT5M0.001S, false",
    "PT-840H, true",
    "PT-840H-0.001S, false",
    "PT0S, true"
  })
  void believesADevicesClockWithinFiveMinutesAheadAnd35DaysBehind(
      Duration difference, boolean believed) {
    Instant claimed = RECEIVED.plus(difference);

    DeviceEvent event =
        understood("{\"type\":\"door.opened\",\"time\":\"%s\"}".formatted(claimed)).getFirst();

    assertThat(event.time()).isEqualTo(believed ? claimed : RECEIVED);
    assertThat(event.deviceTime()).isEqualTo(believed ? null : claimed);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T05:16:00.123Z, 2026-11-23T05:16:00.123Z",
    "2026-11-23t05:16:00z, 2026-11-23T05:16:00Z",
    "2026-11-23 13:16:00.1239+08:00, 2026-11-23T05:16:00.123Z",
    "2026-11-22T23:16:00-06:00, 2026-11-23T05:16:00Z",
    "2026-11-23T05:15:60Z, 2026-11-23T05:16:00Z",
  })
  void readsEveryFormOfRfc3339(String written, Instant meant) {
    assertThat(
            understood("{\"type\":\"door.opened\",\"time\":\"%s\"}".formatted(written))
                .getFirst()
                .time())
        .isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":|NOT_JSON|line 1, column 9: ",
        "{\"type\" \"measurement\"}|NOT_JSON|line 1, column 9: ",
        "``|NOT_JSON|the message is empty",
        "\"door.opened\"|BAD_FIELD|expected an event or an array of events",
        "{}|MISSING_FIELD|type: is missing",
        "{\"values\":{}}|MISSING_FIELD|type: is missing",
        "{\"type\":7}|BAD_FIELD|line 1, column 9: type: is not a string",
        "{\"type\":\"Door Opened\"}|BAD_FIELD|type: type is not words of a-z",
        "{\"type\":\"a\",\"type\":\"b\"}|BAD_FIELD|type: is there twice",
        "{\"type\":\"measurement\",\"value\":{}}|BAD_FIELD|value: no such field",
        "{\"type\":\"measurement\",\"id\":\"\"}|BAD_FIELD|id: id is empty",
        "{\"type\":\"measurement\",\"id\":\"linli-7\"}|BAD_FIELD|id: starts with linli-, which is"
            + " kept",
        "{\"type\":\"measurement\",\"values\":[]}|BAD_FIELD|values: is not an object",
        "{\"type\":\"measurement\",\"values\":{\"temperature\":NaN}}|NOT_JSON|values.temperature:"
            + " NaN is not a number in JSON",
        "{\"type\":\"measurement\",\"values\":{\"temperature\":-Infinity}}|NOT_JSON|-Infinity is"
            + " not a number in JSON",
        "{\"type\":\"measurement\",\"values\":{\"t\":1e999}}|BAD_FIELD|values.t: is larger",
        "{\"type\":\"measurement\",\"values\":{\"t\":null}}|BAD_FIELD|values.t: null is no value",
        "{\"type\":\"measurement\",\"values\":{\"t\":{}}}|BAD_FIELD|values.t: is neither",
        "{\"type\":\"measurement\",\"values\":{\"t\":1,\"t\":2}}|BAD_FIELD|values.t: is there"
            + " twice",
        "{\"type\":\"measurement\",\"values\":{\"t t\":1}}|BAD_FIELD|values: the name of a value"
            + " has character",
        "{\"type\":\"measurement\",\"values\":{\"t\":\"\\ud800\"}}|BAD_FIELD|values.t: a string has"
            + " half",
        "{\"type\":\"measurement\"} x|NOT_JSON|line 1, column ",
        "{\"type\":\"measurement\"}{\"type\":\"measurement\"}|NOT_JSON|something follows",
        "[]|BAD_FIELD|an array must hold at least one event",
        "[{\"type\":\"measurement\"},[]]|BAD_FIELD|event 2: expected an event",
        "[{\"type\":\"measurement\"},{\"type\":\"measurement\",\"values\":{\"t\":null}}]|BAD_FIELD|event"
            + " 2: values.t: null",
        "[[]]|BAD_FIELD|event 1: expected an event",
        "[[[[[[[[[[[[|BAD_FIELD|event 1: expected an event",
      })
  void refusesWithTheReasonThePlaceAndTheField(String json, RefusalReason reason, String detail) {
    assertThat(refusal(json))
        .satisfies(
            refusal -> {
              assertThat(refusal.detail()).contains(detail);
              assertThat(refusal.reason()).isEqualTo(reason);
            });
  }

  @Test
  void namesTheLineAndColumnOfBrokenJson() {
    assertThat(refusal("{\n  \"type\": measurement\n}").detail()).startsWith("line 2, column 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"c0af", "eda080", "f5808080", "f4908080", "e282", "80", "f0808080"})
  void refusesWhatOnlyLooksLikeUtf8(String hex) {
    byte[] json =
        "{\"type\":\"measurement\",\"id\":\"%s\"}"
            .formatted(new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1))
            .getBytes(StandardCharsets.ISO_8859_1);

    assertThat(interpret(Format.LINLI_JSON, json))
        .asInstanceOf(InstanceOfAssertFactories.type(Interpreted.Refused.class))
        .extracting(Interpreted.Refused::refusal)
        .matches(refusal -> refusal.reason() == RefusalReason.NOT_JSON)
        .matches(refusal -> refusal.detail().startsWith("byte 28: is not UTF-8"));
  }

  @Test
  void readsUtf8OfEveryLength() {
    assertThat(values("{\"type\":\"a\",\"values\":{\"t\":\"aé水𝄞\u07ff\uffff\"}}"))
        .containsEntry("t", new Value.Text("aé水𝄞\u07ff\uffff"));
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] latin1 =
        "{\"type\":\"measurement\",\"id\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(interpret(Format.LINLI_JSON, latin1))
        .asInstanceOf(InstanceOfAssertFactories.type(Interpreted.Refused.class))
        .extracting(refused -> refused.refusal().reason())
        .isEqualTo(RefusalReason.NOT_JSON);
  }

  @Test
  void repeatsOnlyAFewCharactersOfAHostileMessage() {
    String name = "x\u0007".repeat(100);

    assertThat(
            refusal("{\"type\":\"measurement\",\"" + name.replace("\u0007", "\\u0007") + "\":1}")
                .detail())
        .hasSizeLessThan(160)
        .doesNotContain("\u0007");
  }

  @Test
  void takesAnArrayOfAThousandButNotOfOneMore() {
    String thousand = "{\"type\":\"a\"},".repeat(LinliJson.MAX_EVENTS - 1) + "{\"type\":\"a\"}";

    assertThat(understood("[" + thousand + "]")).hasSize(LinliJson.MAX_EVENTS);
    assertThat(refusal("[" + thousand + ",{\"type\":\"a\"}]").reason())
        .isEqualTo(RefusalReason.TOO_LARGE);
  }

  @ParameterizedTest
  @CsvSource({
    "door, door-1, UNKNOWN_KIND, kind door is none of access",
    "access, ..door, BAD_DEVICE_ID, two dots in a row",
    "access, do/or, BAD_DEVICE_ID, U+002F",
  })
  void refusesAnAddressThatNamesNoKindOrNoDevice(
      String kind, String device, RefusalReason reason, String detail) {
    assertThat(
            interpret(
                new Address.Device(Format.LINLI_JSON, kind, device),
                "{\"type\":\"a\"}".getBytes(StandardCharsets.UTF_8)))
        .asInstanceOf(InstanceOfAssertFactories.type(Interpreted.Refused.class))
        .satisfies(
            refused -> {
              assertThat(refused.refusal().reason()).isEqualTo(reason);
              assertThat(refused.refusal().detail()).contains(detail);
            });
  }

  @Property(tries = 5_000)
  void neverThrowsWhateverTheBytesOfAJsonMessage(@ForAll @Size(max = 60) byte[] bytes) {
    assertThat(interpret(Format.LINLI_JSON, bytes)).isNotNull();
  }

  @Property(tries = 4_000)
  void neverThrowsWhateverTheBytesOfACborMessage(@ForAll @Size(max = 60) byte[] bytes) {
    assertThat(interpret(Format.LINLI_CBOR, bytes)).isNotNull();
  }

  @Property(tries = 4_000)
  void neverThrowsForADamagedCborMessage(
      @ForAll @Size(min = 1, max = 4) List<Integer> positions, @ForAll byte damage) {
    byte[] cbor =
        new CBORMapper()
            .writeValueAsBytes(
                Map.of("type", "measurement", "time", 1.5, "id", "x", "values", Map.of("t", 21.5)));
    positions.forEach(position -> cbor[Math.floorMod(position, cbor.length)] = damage);

    assertThat(interpret(Format.LINLI_CBOR, cbor)).isNotNull();
  }

  private Map<String, Value> values(String json) {
    return understood(json).getFirst().values().byName();
  }
}
