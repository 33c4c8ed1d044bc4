package org.linli.edge.profile.linli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.TestProfiles.NOBODY;
import static org.linli.edge.profile.TestProfiles.RECEIVED;
import static org.linli.edge.profile.linli.OneDoor.interpret;
import static org.linli.edge.profile.linli.OneDoor.refusal;
import static org.linli.edge.profile.linli.OneDoor.understood;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
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
import org.linli.edge.intake.Message;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.EventId;
import org.linli.event.Value;

/** An alarm in Linli JSON outranks what cannot be read beside it (decision 0055). */
class LinliJsonDefectsTest {

  /** Whether there is a mark or not, so that nobody takes what a device says for one. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\"time\":\"yesterday\","})
  void whatADeviceCallsAsAMarkHasAnotherName(String time) {
    DeviceEvent event =
        understood(
                "{\"type\":\"door.forced\",%s\"values\":{\"defect\":\"Li\",\"clock\":\"gateway\",\"defect-2\":7}}"
                    .formatted(time))
            .getFirst();

    assertThat(event.values().find("defect-3")).contains(new Value.Text("Li"));
    assertThat(event.values().find("defect-2")).contains(new Value.Whole(7));
    assertThat(event.values().find("clock-2")).contains(new Value.Text("gateway"));
    assertThat(event.values().find("clock").isPresent()).isEqualTo(!time.isEmpty());
    assertThat(event.values().find("defect").toString()).doesNotContain("Li");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-23",
        "2026-11-23T05:16:00",
        "2026-02-30T05:16:00Z",
        "2026-11-23T24:16:00Z",
        "2026-11-23T05:16:00.Z",
        "2026-11-23T05:16:00+8",
        "23.11.2026 05:16"
      })
  void takesItsOwnTimeWhereTheDevicesIsNoRfc3339(String written) {
    for (String type : List.of("door.opened", "measurement")) {
      DeviceEvent event =
          understood("{\"type\":\"%s\",\"time\":\"%s\"}".formatted(type, written)).getFirst();

      assertThat(event.time()).isEqualTo(RECEIVED);
      assertThat(event.values().find("clock")).contains(new Value.Text("gateway"));
      assertThat(event.values().find("defect").toString()).contains("time: is not a time");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "true|time: is neither",
        "9e18|time: lies outside the years",
        "\"0000-12-31T23:59:59.999Z\"|time: lies outside the years 0001 to 9999",
        "-62135596800001|time: lies outside the years 0001",
        "NaN|time: is not a finite number",
        "[[1]]|time: is neither",
      })
  void takesItsOwnTimeWhereTheDevicesCannotBe(String written, String defect) {
    DeviceEvent event =
        understood("{\"type\":\"smoke.detected\",\"time\":%s,\"id\":\"7\"}".formatted(written))
            .getFirst();

    assertThat(event.time()).isEqualTo(RECEIVED);
    assertThat(event.givenId()).contains(new EventId("7"));
    assertThat(event.values().find("defect").toString()).contains(defect);
  }

  /** An alarm outranks what cannot be read beside it; a measurement with the same is refused. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"id\":\"\"|id: id is empty",
        "\"id\":17|id: is not a string",
        "\"id\":{\"a\":[1]}|id: is not a string",
        "\"id\":\"linli-7\"|id: starts with linli-",
        "\"id\":\"1\",\"id\":\"2\"|id: is there twice",
        "\"value\":{\"a\":1}|value: no such field",
        "\"values\":7|values: is not an object",
        "\"values\":{\"t\":NaN}|values.t: NaN is not a number in JSON",
        "\"values\":{\"t\":1e999}|values.t: is larger",
        "\"values\":{\"t\":null}|values.t: null is no value",
        "\"values\":{\"t\":{\"a\":[1,2]}}|values.t: is neither",
        "\"values\":{\"t t\":1}|values: the name of a value has",
        "\"values\":{\"t\":\"\\ud800\"}|values.t: a string has half",
      })
  void takesAnAlarmWithoutWhatCannotBeReadBesideIt(String field, String defect) {
    String message = "{\"type\":\"%s\"," + field + "}";
    DeviceEvent alarm = understood(message.formatted("smoke.detected")).getFirst();

    assertThat(alarm.type().value()).isEqualTo("smoke.detected");
    assertThat(alarm.values().find("defect").toString()).contains(defect);
    assertThat(refusal(message.formatted("measurement")).detail()).contains(defect);
  }

  @Test
  void takesTheRestOfTheValuesOfAnAlarm() {
    Map<String, Value> values =
        values(
            "{\"type\":\"fall.detected\",\"values\":{\"a\":1,\"b\":null,\"c\":[2],\"d\":3,\"d\":4}}");

    assertThat(values)
        .containsEntry("a", new Value.Whole(1))
        .containsEntry("d", new Value.Whole(3))
        .containsOnlyKeys("a", "d", "defect");
  }

  @Test
  void takesAnAlarmWithAPictureThatIsNoValue() {
    String picture = "A".repeat(40_000);

    assertThat(
            values(
                "{\"type\":\"smoke.detected\",\"values\":{\"room\":7,\"jpg\":\"%s\"}}"
                    .formatted(picture)))
        .containsEntry("room", new Value.Whole(7))
        .containsOnlyKeys("room", "defect");
  }

  @Test
  void takesTheAlarmsOfAnArrayBesideAMeasurementThatCannotBeRead() {
    List<DeviceEvent> events =
        understood(
            "[{\"type\":\"smoke.detected\"},"
                + "{\"type\":\"measurement\",\"values\":{\"t\":null,\"h\":3}}]");

    assertThat(events)
        .extracting(event -> event.type().value())
        .containsExactly("smoke.detected", "measurement");
  }

  /** Nobody hears of an alarm that is refused for its neighbour. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"A B\"}",
        "[[7]]",
        "{\"values\":{\"x\":{\"y\":1}}}",
        "{}",
        "null",
        "-17",
        "\"sos\""
      })
  void keepsWhatIsNoEventBesideAnAlarmAsADeadLetter(String unknown) {
    for (boolean isLast : new boolean[] {true, false}) {
      String alarm = "{\"type\":\"door.forced\",\"id\":\"7\"}";
      Interpreted.Understood read =
          read(isLast ? "[" + alarm + " , " + unknown + "]" : "[" + unknown + "," + alarm + "]");

      assertThat(read.events())
          .extracting(event -> event.type().value())
          .containsExactly("door.forced");
      assertThat(read.events().getFirst().values().find("defect").toString())
          .contains("event " + (isLast ? 2 : 1) + ": ");
      Interpreted.Refused rest = Objects.requireNonNull(read.basis().unread());
      assertThat(new String(rest.message().payload(), StandardCharsets.UTF_8)).isEqualTo(unknown);
      assertThat(rest.refusal().detail())
          .contains("event " + (isLast ? 2 : 1) + ": ", "the events beside it are taken");
    }
    assertThat(refusal("[{\"type\":\"measurement\"}," + unknown + "]").detail())
        .contains("event 2: ");
    assertThat(refusal("[" + unknown + "]").detail()).contains("event 1: ");
  }

  /** On the gateway's metrics: linli_profile_defects_total. */
  @Test
  void countsEachMessageWithADefectOnce() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    LinliJson counting = new LinliJson(meters);
    for (String json :
        List.of(
            "[{\"type\":\"smoke.detected\",\"id\":1,\"time\":\"soon\"},{\"type\":\"a\",\"id\":2}]",
            "{\"type\":\"smoke.detected\"}",
            "{\"type\":\"measurement\",\"id\":1}",
            "{\"type\":\"door.opened\",\"time\":\"soon\"}")) {
      var _ =
          counting.interpret(
              new Message(
                  "mqtt://door-1",
                  new Address.Device(Format.LINLI_JSON, "access", "door-1"),
                  json.getBytes(StandardCharsets.UTF_8),
                  RECEIVED,
                  NOBODY));
    }

    assertThat(meters.counter("linli.profile.defects", "profile", "linli").count()).isEqualTo(2);
  }

  @Test
  void keepsSeveralEntriesInOneDeadLetter() {
    Interpreted.Understood read = read("[null,{\"type\":\"door.forced\"},{},7]");

    Interpreted.Refused rest = Objects.requireNonNull(read.basis().unread());
    assertThat(new String(rest.message().payload(), StandardCharsets.UTF_8))
        .isEqualTo("[null,{},7]");
    assertThat(rest.refusal().detail()).contains("event 1: ", "(and 2 more)");
    assertThat(read("[{\"type\":\"door.forced\"}]").basis().unread()).isNull();
  }

  /** Its description may be about that entry. */
  @Test
  void keepsAnEventThatLacksSomethingWithWhatIsNoEvent() {
    String lacking = "{\"type\":\"door.opened\",\"values\":{\"smoke\":null}}";
    Interpreted.Understood read = read("[" + lacking + ",{\"type\":\"door.closed\"},7]");

    assertThat(read.events()).hasSize(2);
    Interpreted.Refused rest = Objects.requireNonNull(read.basis().unread());
    assertThat(new String(rest.message().payload(), StandardCharsets.UTF_8))
        .isEqualTo("[" + lacking + ",7]");
    assertThat(rest.refusal().detail()).contains("values.smoke", "(and 1 more)");
  }

  /** {@code [{"type":"a"}, {}]} and {@code [-7, {"type":"a"}, "sos", {"type":7}]}. */
  @ParameterizedTest
  @CsvSource({
    "82 a1647479706561 61 a0, a0",
    "9f a1647479706561 61 a0 ff, a0",
    "84 26 a1647479706561 61 63736f73 a1647479706507, 83 26 63736f73 a1647479706507",
  })
  void keepsWhatIsNoEventInCborToo(String array, String unread) {
    Interpreted read =
        interpret(Format.LINLI_CBOR, HexFormat.of().parseHex(array.replace(" ", "")));

    assertThat(TestProfiles.events(read)).hasSize(1);
    assertThat(Objects.requireNonNull(read.basis().unread()).message().payload())
        .asHexString()
        .isEqualToIgnoringCase(unread.replace(" ", ""));
  }

  @Test
  void readsAnAlarmWhoseNameIsInGbk() {
    byte[] gbk =
        "{\"type\":\"smoke.detected\",\"values\":{\"name\":\"北樓幾\",\"n\":1}}"
            .getBytes(Charset.forName("GBK"));

    Interpreted read = interpret(Format.LINLI_JSON, gbk);

    assertThat(((Interpreted.Understood) read).events().getFirst().values().byName())
        .containsEntry("name", new Value.Text("北樓幾"))
        .containsEntry("n", new Value.Whole(1))
        .containsKey("defect");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%s\u0000", "%s\u0000\r\n\u0000", "\ufeff%s", "\ufeff%s\r\n", "%s \u0000"})
  void readsWhatFirmwareSendsAroundADocument(String around) {
    assertThat(understood(around.formatted("{\"type\":\"door.opened\"}"))).hasSize(1);
  }

  private Map<String, Value> values(String json) {
    return understood(json).getFirst().values().byName();
  }

  private static Interpreted.Understood read(String json) {
    Interpreted read = interpret(Format.LINLI_JSON, json.getBytes(StandardCharsets.UTF_8));
    assertThat(read).isInstanceOf(Interpreted.Understood.class);
    return (Interpreted.Understood) read;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"door.forced\",\"values\":{\"n\":1,\"m\":DEEP}}|m: is nested deeper than 8",
        "{\"more\":DEEP,\"type\":\"door.forced\",\"values\":{\"n\":1}}|more: is nested deeper than"
            + " 8",
        "{\"type\":\"door.forced\",\"values\":{\"n\":1,\"m\":NUMBER}}|m: is a number of more than"
            + " 400",
        "{\"type\":\"door.forced\",\"values\":{\"LONG\":2,\"n\":1}}|is a name of more than 256",
      })
  void takesAnAlarmWithoutWhatIsTooLargeBesideIt(String json, String defect) {
    String large =
        json.replace("DEEP", "[".repeat(3_000) + "]".repeat(3_000))
            .replace("NUMBER", "1".repeat(500))
            .replace("LONG", "n".repeat(500));

    DeviceEvent alarm = understood(large).getFirst();

    assertThat(alarm.type()).hasToString("door.forced");
    assertThat(alarm.values().find("n")).contains(new Value.Whole(1));
    assertThat(alarm.values().find("defect").orElseThrow().toString()).contains(defect);
    assertThat(refusal(large.replace("door.forced", "measurement")).detail()).isNotBlank();
  }

  /** Only a door marks what it cut. */
  @Test
  void aMarkOfWhatIsCutCountsOnlyWhereTheDoorCutSomething() {
    DeviceEvent event =
        understood("{\"type\":\"door.forced\",\"values\":{\"n\":\"linli-cut-0000000100\"}}")
            .getFirst();

    assertThat(event.values().find("n")).contains(new Value.Text("linli_cut-0000000100"));
  }

  /** A text of a list is no name of a value, which the hub shows. */
  @Test
  void leavesOutWhatMayBeATextInAList() {
    DeviceEvent alarm =
        understood("{\"type\":\"smoke.detected\",\"values\":{\"a\":[\"Li\",\"Zq7Lei\":3],\"b\":1}}")
            .getFirst();

    assertThat(alarm.values().byName()).containsOnlyKeys("b", "defect");
    assertThat(alarm.values().toString()).contains("may be a text in a list").doesNotContain("Zq7");
  }

  @Test
  void takesAnAlarmBehindWhatIsTooDeepAndHasOddQuotes() {
    String deep = "[".repeat(12) + "'it\"s'" + "]".repeat(12);
    for (String document :
        new String[] {
          "{\"x\":%s,\"type\":\"smoke.detected\"}".formatted(deep),
          "{\"values\":{\"x\":[[5\"]],\"y\":%s},\"type\":\"smoke.detected\"}".formatted(deep),
        }) {
      DeviceEvent alarm = understood(document).getFirst();

      assertThat(alarm.type().value()).isEqualTo("smoke.detected");
      assertThat(alarm.values().byName()).containsOnlyKeys("defect");
    }
  }
}
