package org.linli.edge.profile.linli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.linli.HexCbor.bytes;
import static org.linli.edge.profile.linli.HexCbor.interpret;
import static org.linli.edge.profile.linli.HexCbor.refusal;
import static org.linli.edge.profile.linli.HexCbor.understood;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.Value;

/** An alarm in CBOR outranks what cannot be read beside it ({@link HexCbor}). */
class CborAlarmTest {

  /** An alarm outranks a picture, a tag and a time that cannot be read beside it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a2 TYPE V 43 010203|values.v: is a byte string",
        "a2 TYPE V 61 ff|values.v: is not UTF-8",
        "a2 TYPE V 63 eda080|values.v: is not UTF-8",
        "a2 TYPE V 7f 62 e6b0 61 b4 ff|values.v: is not UTF-8",
        "a2 TYPE V 67 61 c3 c5 cc ce ed 62|values.v: is not UTF-8",
        "a2 TYPE V f97e00|values.v: is not a finite number",
        "a2 TYPE V f6|values.v: null is no value",
        "a2 TYPE V 81 00|values.v: is neither a number",
        "a2 TYPE V d8 20 61 61|values.v: CBOR tag 32 is not read here",
        "a2 TYPE TIME f97e00|time: is not a finite number",
        "a2 TYPE 626964 07|id: is not a string",
        "a2 TYPE V f7|values.v: is a simple value of CBOR",
        "a2 TYPE V f8ff|values.v: is a simple value of CBOR",
        "a2 TYPE V c2 61 61|values.v: a big integer must be a byte string",
        "a2 TYPE V c4 82 61 61 61 62|values.v: CBOR tag 4 is not read here",
        "a2 TYPE V c2 58 82 BIG|values.v: is larger than a 64-bit number can be",
        "a2 TYPE V 5f 41 01 42 0203 ff|values.v: is a byte string",
        "a2 TYPE V c2 5f 41 01 ff|values.v: is larger than a 64-bit number can be",
        "a2 TYPE V c0 01|values.v: tag 0 is for the text of a time",
        "a2 TYPE 01 02|the name of a field must be text",
        "a2 TYPE 19 0100 02|the name of a field must be text",
        "a2 TYPE 1b 0100000000000000 02|the name of a field must be text",
        "a1 44 74797065 6161|byte 1: the name of a field must be text",
        "a2 TYPE 42 c3c5 6161|the name of a field must be text",
        "d9 0100 a1 TYPE|byte 0: CBOR tag 256 is not read here",
        "da 00000004 a1 TYPE|byte 0: CBOR tag 4 is not read here",
        "81 d8 63 a1 TYPE|event 1: CBOR tag 99 is not read here",
      })
  void takesAnAlarmWithoutWhatCannotBeReadBesideIt(String hex, String defect) {
    DeviceEvent alarm = understood(hex).getFirst();

    assertThat(alarm.type().value()).isEqualTo("a");
    assertThat(defect(alarm)).contains(defect);
  }

  /** As JSON that breaks off: what is whole before that is read, and nothing that may go on. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a2 TYPE||the message ends in the middle",
        "bf TYPE||the message ends in the middle",
        "d9 d9f7 a2 TYPE 64||a text is declared longer than the message",
        "a2 TYPE V 19 01||the message ends in the middle",
        "a2 TYPE V 7a 7fffffff||a text is declared longer than the message",
        "a2 TYPE V 7b ffffffffffffffff||a text is declared longer than the message",
        "a2 TYPE V c2 5a 7fffffff||is larger than a 64-bit number can be",
        "b8 04 TYPE 66 76616c756573 a2 6176 01|v|the message ends in the middle",
        "a3 TYPE 66 76616c756573 bf 6176 01 6177|v|the message ends in the middle",
        "bf TYPE 66 76616c756573 b9 0007 6176 01 6177 fb 40|v|the message ends in the middle",
        "ba 7fffffff TYPE 66 76616c756573 a1 6176 01|v|is declared longer than the message",
        "9b ffffffffffffffff a2 TYPE 66 76616c756573 a1 6176 01|v|is declared longer",
        "82 a2 TYPE 66 76616c756573 a1 6176 01 a1|v|an array or a map is declared longer",
        "9f a2 TYPE 66 76616c756573 a2 6176 01 61|v|a text is declared longer",
      })
  void takesAnAlarmThatBreaksOff(String hex, @Nullable String value, String defect) {
    DeviceEvent alarm = understood(hex).getFirst();

    assertThat(alarm.type().value()).isEqualTo("a");
    assertThat(defect(alarm)).contains(defect);
    assertThat(alarm.values().byName().keySet())
        .containsExactlyInAnyOrderElementsOf(
            value == null ? List.of("defect") : List.of(value, "defect"));
  }

  @Property(tries = 2_000)
  void takesAnAlarmWhereverItBreaksOffBehindItsType(@ForAll int position) {
    byte[] cbor =
        bytes("a3 TYPE V 81 00 66 76616c756573 bf 6176 01 6177 7f 6161 6162 ff 6178 f5 ff");
    int behindType = 8;
    byte[] cut =
        Arrays.copyOf(cbor, behindType + Math.floorMod(position, cbor.length - behindType));

    assertThat(TestProfiles.events(interpret(cut)))
        .first()
        .matches(event -> event.type().value().equals("a"))
        .matches(event -> event.values().find("defect").isPresent());
  }

  @Test
  void takesAnAlarmBesideLevelsWithoutEnd() {
    assertThat(
            understood("a2 TYPE V " + "9f".repeat(10_000))
                .getFirst()
                .values()
                .find("defect")
                .orElseThrow()
                .toString())
        .contains("is nested deeper than 8 arrays", "the message ends in the middle");
  }

  /** What is too deep, too long or has too many tags, and breaks off within that. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a2 TYPE 6178 818181818181818181 6361",
        "a2 TYPE 6178 9f9f9f9f9f9f9f9f9f 6561",
        "a2 TYPE 6178 8181818181818181 830102",
        "a2 TYPE 790101 LONG 6361",
        "a2 TYPE 6178 d863d863d863d863d863d863d863d863d863 6361",
        "82 a1 TYPE a1 6178 818181818181818181 6361",
      })
  void takesAnAlarmBesideWhatIsBeyondLimitsAndBreaksOff(String hex) {
    DeviceEvent alarm = understood(hex.replace("LONG", "6e".repeat(257))).getFirst();

    assertThat(alarm.type().value()).isEqualTo("a");
  }

  /** It stays as long as it was, and what follows is read. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 22, 23, 24, 25, 255, 256, 257, 258, 65_535, 65_536, 65_537, 70_000})
  void takesAnAlarmWithoutWhatIsTooDeepBesideIt(int more) {
    String open = "81".repeat(6);
    String tooDeep = more == 1 ? "80" : "81".repeat(more - 1) + "f6";
    String small = more < 2 ? "80" : "9f" + "f6".repeat(more - 2) + "ff";

    for (String inner : List.of(tooDeep, small)) {
      DeviceEvent alarm =
          understood("a3 616d" + open + "82" + inner + "01 TYPE TIME f6").getFirst();

      assertThat(alarm.type().value()).isEqualTo("a");
      assertThat(defect(alarm))
          .contains("m: is nested deeper than 8 arrays and objects within each other");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7a00010000 LONG a1 616d f6",
        "7a00010000 LONG f6",
        "7f 7a00010000 LONG ff 5f 41 01 ff",
      })
  void takesAnAlarmBesideANameThatIsTooLong(String field) {
    String hex = "a2" + field.replace("LONG", "6e".repeat(65_536)) + "TYPE";

    assertThat(understood(hex).getFirst().values().find("defect").orElseThrow().toString())
        .contains("its name is longer than 256 bytes");
  }

  @Test
  void takesAnAlarmBesideSomethingWithTooManyTags() {
    assertThat(understood("a2 616d" + "d8 63".repeat(1_000) + "82 01 02 TYPE").getFirst().type())
        .hasToString("a");
  }

  /** The others are not told one by one. */
  @Test
  void takesAnAlarmBesideAnyNumberOfFaults() {
    String hex = "a2 6161 9a 00010000" + "f7".repeat(65_536) + "TYPE";

    assertThat(understood(hex).getFirst().type()).hasToString("a");
  }

  /** An array is read whatever stands around one of its entries. */
  @ParameterizedTest
  @ValueSource(strings = {"d8 63", "c4", "c0", "d9 d9f7 c1", "db ffffffffffffffff"})
  void aTagAroundAnEntryRefusesNoOther(String tag) {
    assertThat(understood("82 a1 TYPE" + tag + "a1 MEASURED"))
        .extracting(event -> event.type().value())
        .containsExactly("a", "measurement");
    assertThat(understood("82 " + tag + "a1 TYPE a1 TYPE")).hasSize(2);
    assertThat(understood("82 a1 TYPE" + tag + "82 a1 TYPE 01"))
        .as("what stands in it is no event")
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"a2 MEASURED TIME c0 01", "a2 MEASURED TIME c1 61 31", "a2 TYPE TIME c0 01"})
  void aTimeWithAWrongTagCostsNothing(String hex) {
    DeviceEvent event = understood(hex).getFirst();

    assertThat(event.time()).isEqualTo(TestProfiles.RECEIVED);
    assertThat(event.values().find("clock")).contains(new Value.Text("gateway"));
  }

  /** It is left out with its item, of which nothing tells what it is. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a2 5f 41 61 ff 01 TYPE",
        "a2 TYPE 5f 41 61 42 6263 ff 82 01 02",
        "a2 f5 f6 TYPE",
        "a2 f5 00 TYPE",
        "a2 TYPE f8 20 a1 6161 01",
        "a2 TYPE f9 3c00 6161",
        "a2 8101 6161 TYPE",
        "a2 a1 TYPE 01 TYPE",
        "a2 c0 6161 01 TYPE",
        "a2 c1 00 c1 00 TYPE",
        "a2 TYPE 818181818181818181818100 818181818181818181818100",
        "bf 80 80 TYPE ff",
        "9f a2 f4 f4 TYPE ff",
        "a2 TYPE 66 76616c756573 a3 6177 01 f5 02 6178 03",
        "a2 TYPE f5 82 01",
        "a2 TYPE 5f 41 61 42",
      })
  void takesAnAlarmBesideANameThatIsNoText(String hex) {
    DeviceEvent alarm = understood(hex).getFirst();

    assertThat(alarm.type().value()).isEqualTo("a");
    assertThat(defect(alarm)).contains("the name of a field must be text");
  }

  @Test
  void readsTheValuesAroundANameThatIsNoText() {
    assertThat(
            understood("a2 TYPE 66 76616c756573 a3 6177 01 f5 a1 6176 02 6178 03")
                .getFirst()
                .values()
                .byName())
        .containsEntry("w", new Value.Whole(1))
        .containsEntry("x", new Value.Whole(3))
        .containsOnlyKeys("w", "x", "defect");
  }

  /** Of a measurement whoever connects the sensor finds it on the first day. */
  @ParameterizedTest
  @ValueSource(strings = {"a2 f5 f6 MEASURED", "a2 MEASURED 8101 00", "bf MEASURED 5f ff 00 ff"})
  void refusesAMeasurementForANameThatIsNoText(String hex) {
    assertThat(refusal(hex).detail()).contains("the name of a field must be text");
  }

  /** A word of life safety is told, by which the dead letter calls somebody. */
  @Test
  void doesNotNameAFieldOfAMessageThatBreaksOff() {
    assertThat(
            defect(
                understood("a4 TYPE 67 6d79536d6f6b65 41 00 66 76616c756573 a2 6161 01")
                    .getFirst()))
        .contains("a field (smoke): is a byte string")
        .doesNotContain("mySmoke");
  }

  private static String defect(DeviceEvent alarm) {
    return alarm.values().find("defect").orElseThrow().toString();
  }
}
