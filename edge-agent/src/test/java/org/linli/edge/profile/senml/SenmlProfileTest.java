package org.linli.edge.profile.senml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.linli.edge.profile.TestProfiles.RECEIVED;
import static org.linli.edge.profile.TestProfiles.events;
import static org.linli.edge.profile.TestProfiles.refusal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Address.Format;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.Kind;
import org.linli.event.Value;

class SenmlProfileTest {

  private final TestProfiles profiles =
      TestProfiles.of(new SenmlProfile(new SenmlSettings(Map.of("box-1/smoke", "smoke"))));

  @Test
  void makesOneMeasurementOfTheRecordsOfOneTime() throws Exception {
    List<DeviceEvent> events =
        events(
            profiles.posted("senml", "mobile-1", "application/senml+json", resource("ex5.json")));

    assertThat(events).hasSize(5);
    assertThat(events.getFirst().deviceTime()).isEqualTo(Instant.ofEpochSecond(1_320_067_464));
    assertThat(events.getFirst().values().byName())
        .containsEntry("10e2073a01080063", new Value.Real(20.0))
        .containsEntry("10e2073a01080063.unit", new Value.Text("%RH"))
        .containsEntry("10e2073a01080063-2", new Value.Real(24.30621))
        .containsEntry("10e2073a01080063-2.unit", new Value.Text("lon"))
        .containsEntry("10e2073a01080063-3.unit", new Value.Text("lat"))
        .hasSize(6);
  }

  @Test
  void callsAValueByItsNameWithoutTheBaseName() {
    DeviceEvent event = one("[{'bn':'urn:dev:ow:10e:','n':'voltage','u':'V','v':120.1}]");

    assertThat(event.device().value()).isEqualTo("box-1");
    assertThat(event.kind()).isEqualTo(Kind.POWER);
    assertThat(event.time()).isEqualTo(RECEIVED);
    assertThat(event.values().byName())
        .containsOnly(
            Map.entry("voltage", new Value.Real(120.1)),
            Map.entry("voltage.unit", new Value.Text("V")));
  }

  @Test
  void readsEveryKindOfValue() {
    DeviceEvent event =
        one(
            "[{'bn':'a/','n':'v','v':-3},{'n':'s','vs':'x'},{'n':'b','vb':false},{'n':'d','vd':'qgH_'},"
                + "{'n':'sum','s':2.5,'ut':30},{'n':'e','v':1e2,'l':[{'href':'x'}]}]");

    assertThat(event.values().byName().entrySet())
        .extracting(Map.Entry::getKey, Map.Entry::getValue)
        .containsExactly(
            tuple("v", new Value.Whole(-3)),
            tuple("s", new Value.Text("x")),
            tuple("b", new Value.Truth(false)),
            tuple("d", new Value.Text("qgH_")),
            tuple("sum.sum", new Value.Real(2.5)),
            tuple("sum.ut", new Value.Real(30)),
            tuple("e", new Value.Real(100)));
  }

  @Test
  void addsBaseValueAndBaseSum() {
    assertThat(
            one("[{'bn':'a/','bv':20,'bs':5},{'n':'x','v':3},{'n':'y','v':0.5,'s':1}]")
                .values()
                .byName())
        .containsEntry("x", new Value.Whole(23))
        .containsEntry("x.sum", new Value.Real(5))
        .containsEntry("y", new Value.Real(20.5))
        .containsEntry("y.sum", new Value.Real(6));
  }

  @Test
  void takesASmallTimeAsRelativeToTheReceipt() {
    List<DeviceEvent> events =
        events(
            json(
                "[{'bn':'a/','n':'x','t':-60.25,'v':1},{'n':'x','t':268435455,'v':2},{'n':'x','t':268435456,'v':3}]"));

    assertThat(events.get(0).time()).isEqualTo(RECEIVED.minusMillis(60_250));
    assertThat(events.get(1).deviceTime()).isEqualTo(RECEIVED.plusSeconds(268_435_455));
    assertThat(events.get(2).deviceTime()).isEqualTo(Instant.ofEpochSecond(268_435_456));
  }

  @Test
  void keepsBoxesApartThatOnePackHolds() {
    assertThat(one("[{'bn':'b1/','n':'t','v':1},{'bn':'b2/','n':'t','v':2}]").values().byName())
        .containsOnlyKeys("b1_t", "b2_t");
  }

  @Test
  void readsBytesFractionsAndSmallFloatsOfCbor() {
    // [{0: "d", 8: h'aa01ff'}, {0: "f", 2: 4([-2, 2715])}, {0: "h", 2: 1.5_1}, {0: "n", 4: true}]
    Interpreted read =
        profiles.posted(
            "senml",
            "box-1",
            "application/senml+cbor",
            hex(
                "84a20061640843aa01ffa20061660 2c48221190a9ba20061680 2f93e00a200616e04f5"
                    .replace(" ", "")));

    assertThat(events(read).getFirst().values().byName())
        .containsEntry("d", new Value.Text("qgH_"))
        .containsEntry("f", new Value.Real(27.15))
        .containsEntry("h", new Value.Real(1.5))
        .containsEntry("n", new Value.Truth(true));
  }

  @Test
  void tellsCborFromJsonWhereNobodySays() {
    byte[] cbor = hex("81a2006161 0207".replace(" ", ""));

    assertThat(events(profiles.posted("senml", "b", "", cbor))).hasSize(1);
    assertThat(
            events(
                profiles.posted(
                    "senml",
                    "b",
                    "text/plain",
                    "[{\"n\":\"a\",\"v\":7}]".getBytes(StandardCharsets.UTF_8))))
        .hasSize(1);
    assertThat(refusal(profiles.posted("senml", "b", "application/senml+xml", cbor)).reason())
        .isEqualTo(RefusalReason.UNSUPPORTED_FORMAT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|bad-field|a pack of SenML is an array of records",
        "[]|nothing-in-it|the pack of SenML holds no record",
        "[7]|bad-field|record 1: is not a map",
        "[{'n':'b'}]|missing-field|record 1: has neither a value",
        "[{'n':'a','v':1},{'n':'b','v':1,'x_':1}]|bad-field|record 2: x_: ends with _",
        "[{'n':'a','v':1},{'bver':11,'n':'b','v':1}]|bad-field|record 2: bver: is later",
        "[{'n':'a','v':1,'vs':'x'}]|bad-field|record 1: vs: is a second value beside v",
        "[{'v':1}]|missing-field|record 1: has no name",
        "[{'n':'a','v':'1'}]|bad-field|record 1: v: is not a number",
        "[{'n':'a','v':1e999}]|bad-field|record 1: v: is not a finite number",
        "[{'n':'a','v':null}]|bad-field|record 1: v: is not a number",
        "[{'n':'a','vb':1}]|bad-field|record 1: vb: is neither true nor false",
        "[{'n':'a','vs':1}]|bad-field|record 1: vs: is not a string",
        "[{'n':'a','vd':'?'}]|bad-field|record 1: vd: is not base64url",
        "[{'n':'a','s':'1'}]|bad-field|record 1: s: is not a number",
        "[{'n':1,'v':1}]|bad-field|record 1: n: is not a string",
        "[{'n':'_a','v':1}]|bad-field|record 1: n: a name has",
        "[{'n':'a b','v':1}]|bad-field|U+0020 is none of them",
        "[{'bver':11,'n':'a','v':1}]|bad-field|record 1: bver: is later than version 10",
        "[{'bver':1.5,'n':'a','v':1}]|bad-field|record 1: bver: is not a whole number",
        "[{'bver':9,'n':'a','v':1},{'bver':10,'n':'a','v':1}]|bad-field|record 2: bver: is not the"
            + " version",
        "[{'bv':1e308,'n':'a','v':1e308}]|bad-field|record 1: v: is not finite",
        "[{'n':'a','v':1,'x_':1}]|bad-field|record 1: x_: ends with _",
        "[{'bn':'a'}]|nothing-in-it|finds nothing in it",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[|too-large|more arrays and objects within each",
      })
  void refusesWithRecordAndField(String pack, String reason, String detail) {
    assertThat(refusal(json(pack)))
        .satisfies(
            refusal -> {
              assertThat(refusal.reason().wireName()).isEqualTo(reason);
              assertThat(refusal.detail()).contains(detail);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "81a2006161021bffffffffffffffff00, something follows",
    "81a20061610a43aa, declared longer than the message",
    "9b7fffffffffffffff, declared longer than the message",
    "81a200616102c4821a0fffffff01, tag 4",
    "81a200616102c401, tag 4",
    "81a200616102c482f9000001, no whole number",
    "81a14161f5, whole number or text",
    "81a200616102c101c1, something follows",
    "81a300616100616202 01, comes twice",
    "81a2006161 02a13863ff, a field: a break",
    "81a261336568656c6c6f622d3261612f, byte 2: record 1: the label 3 is text: RFC 8428 section 6",
  })
  void refusesBrokenCbor(String hex, String detail) {
    assertThat(
            refusal(
                    profiles.posted(
                        "senml", "b", "application/senml+cbor", hex(hex.replace(" ", ""))))
                .detail())
        .contains(detail);
  }

  /** Case 21 of the field: the labels of RFC 8428 as text are refused, and said. */
  @Test
  void saysThatALabelIsText() {
    assertThat(
            refusal(
                    profiles.posted(
                        "senml",
                        "b",
                        "application/senml+cbor",
                        hex("81a2613363686868622d32632f31")))
                .detail())
        .isEqualTo(
            "byte 2: record 1: the label 3 is text: RFC 8428 section 6 writes it as a whole"
                + " number");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{'n':'a','v':1,'t':1e300},{'n':'b','v':2,'t':1795410840}]",
        "[{'n':'a','v':1,'t':'now'},{'n':'b','v':2,'t':1795410840}]",
        "[{'bt':'now','n':'a','v':1},{'bt':0,'n':'b','v':2,'t':1795410840}]",
      })
  void takesTheGatewaysTimeWhereARecordsCannotBeRead(String pack) {
    List<DeviceEvent> events = events(json(pack));

    assertThat(events)
        .extracting(DeviceEvent::time)
        .containsExactly(RECEIVED, Instant.ofEpochSecond(1_795_410_840));
    assertThat(events)
        .extracting(event -> event.values().find("clock").isPresent())
        .containsExactly(true, false);
  }

  @Test
  void refusesMoreTimesThanOneMessageMayHave() {
    StringBuilder pack = new StringBuilder("[");
    for (int i = 0; i < 1_001; i++) {
      pack.append(i == 0 ? "" : ",").append("{'n':'a','v':1,'t':-").append(i).append('}');
    }
    assertThat(refusal(json(pack.append(']').toString())).reason())
        .isEqualTo(RefusalReason.TOO_LARGE);
  }

  private DeviceEvent one(String pack) {
    List<DeviceEvent> events = events(json(pack));
    assertThat(events).hasSize(1);
    return events.getFirst();
  }

  @Test
  void tellsTheAlarmsThatASettingNames() {
    List<DeviceEvent> told = events(json("[{'n':'smoke','vb':true},{'n':'co','v':1}]"));

    assertThat(told)
        .extracting(each -> each.type().value(), each -> each.kind().wireName())
        .containsExactly(tuple("measurement", "power"), tuple("smoke.detected", "environment"));
    assertThat(events(json("[{'n':'co','vb':false}]"))).hasSize(1);
    assertThat(events(json("[{'n':'smoke','vb':false}]")).getLast().type().value())
        .isEqualTo("smoke.cleared");
    assertThat(events(json("[{'n':'smoke','vb':true,'vb':false}]")).getLast())
        .satisfies(
            alarm -> {
              assertThat(alarm.type().value()).isEqualTo("smoke.detected");
              assertThat(alarm.values().toString()).contains("vb: is there twice");
            });
  }

  /** A record that cannot be read costs no other one its value, and is kept by itself. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'n':'gas','vb':true,'v':1}|record 2: vb: is a second value beside v; a record has one (of"
            + " gas)",
        "{'n':'gas'}|record 2: has neither a value (v, vs, vb or vd) nor a sum (s) (of gas)",
        "7|record 2: is not a map of labels and values",
        "{'v':1,'n':7}|record 2: n: is not a string",
        "{'n':'gas','vb':'?'}|record 2: vb: is neither true nor false (of gas)",
        "{'n':'gas alarm','vb':true}|record 2: n: a name has",
        "{'bu':7,'n':'gas','vb':true}|record 2: bu: is not a string",
        "{'bn':'','n':'gas','v':{}}|record 2: v: is not a number (of gas)",
      })
  void takesTheOtherRecordsOfAPack(String bad, String detail) {
    Interpreted read = json("[{'n':'smoke','vb':true}," + bad + ",{'n':'t','v':21}]");

    assertThat(events(read))
        .extracting(each -> each.type().value())
        .containsExactly("measurement", "smoke.detected");
    String defect = detail.replaceFirst(" [(]of .*", "");
    assertThat(events(read))
        .allSatisfy(event -> assertThat(event.values().find("defect").toString()).contains(defect));
    assertThat(events(read).getFirst().values().find("t")).contains(new Value.Whole(21));
    Interpreted.Refused letter = Objects.requireNonNull(read.basis().unread());
    assertThat(letter.refusal().detail()).contains(detail);
    assertThat(letter.message().payload())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(bad.replace('\'', '"'));
    assertThat(letter.lifeWord() != null).isEqualTo(bad.contains("gas"));
  }

  /** Otherwise it would be taken for a record of another box. */
  @Test
  void takesNoRecordWhoseBaseIsNotKnown() {
    Interpreted read =
        json(
            "[{'bn':'a/','n':'t','v':1},{'bn':7,'n':'t','v':2},{'n':'u','v':3},{'bn':'b/','n':'t','v':4}]");

    assertThat(events(read).getFirst().values().byName()).containsOnlyKeys("a_t", "b_t", "defect");
  }

  private Interpreted json(String pack) {
    return profiles.sent(
        new Address.Device(Format.SENML_JSON, "power", "box-1"),
        pack.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(SenmlProfileTest.class.getResourceAsStream(name))) {
      return in.readAllBytes();
    }
  }
}
