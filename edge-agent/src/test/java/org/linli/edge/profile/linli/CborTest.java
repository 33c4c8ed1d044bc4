package org.linli.edge.profile.linli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.linli.HexCbor.bytes;
import static org.linli.edge.profile.linli.HexCbor.interpret;
import static org.linli.edge.profile.linli.HexCbor.refusal;
import static org.linli.edge.profile.linli.HexCbor.understood;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Interpreted;
import org.linli.event.DeviceEvent;
import org.linli.event.Value;
import tools.jackson.dataformat.cbor.CBORMapper;

/** What is read of CBOR, and what is refused ({@link HexCbor}). */
class CborTest {

  @ParameterizedTest
  @CsvSource({
    "00, 0",
    "17, 23",
    "1818, 24",
    "190100, 256",
    "1a00010000, 65536",
    "1b7fffffffffffffff, 9223372036854775807",
    "20, -1",
    "3903e7, -1000",
    "3b7fffffffffffffff, -9223372036854775808",
  })
  void readsWholeNumbersOfEveryLength(String hex, long meant) {
    assertThat(value(hex)).isEqualTo(new Value.Whole(meant));
  }

  @ParameterizedTest
  @CsvSource({
    "f93c00, 1.0",
    "f90001, 5.960464477539063E-8",
    "f97bff, 65504.0",
    "fa47c35000, 100000.0",
    "fb3ff199999999999a, 1.1",
    "fbc010666666666666, -4.1",
    "1bffffffffffffffff, 1.8446744073709552E19",
    "3bffffffffffffffff, -1.8446744073709552E19",
    "c249010000000000000000, 1.8446744073709552E19",
    "c349010000000000000000, -1.8446744073709552E19",
  })
  void readsFloatsOfEveryLengthAndIntegersBeyond64Bits(String hex, double meant) {
    assertThat(value(hex)).isEqualTo(new Value.Real(meant));
  }

  @ParameterizedTest
  @CsvSource({
    "63e6b0b4, 水",
    "60, ''",
    "7f61616162ff, ab",
    "7f63e6b0b4ff, 水",
    "7fff, ''",
    "7801" + "78, x",
  })
  void readsTextWholeOrInChunks(String hex, String meant) {
    assertThat(value(hex)).isEqualTo(new Value.Text(meant));
  }

  @Test
  void readsTruthValues() {
    assertThat(value("f4")).isEqualTo(new Value.Truth(false));
    assertThat(value("f5")).isEqualTo(new Value.Truth(true));
  }

  @ParameterizedTest
  @CsvSource({
    "TIME c1 1a 6b03cc10, 2026-11-23T05:16:00Z",
    "TIME c1 fb 41dac0f30407df3b, 2026-11-23T05:16:00.123Z",
    "TIME c0 78 18 TEXT, 2026-11-23T05:16:00.123Z",
    "TIME 1b 000001a3185c5000, 2027-01-15T08:00:00Z",
    "TIME c1 fb 3ff004189374bc6a, 1970-01-01T00:00:01.001Z",
    "TIME f6, 2026-11-23T05:16:01.500Z",
  })
  void readsTimesWithAndWithoutTheirTags(String field, Instant meant) {
    String text =
        HexFormat.of().formatHex("2026-11-23T05:16:00.123Z".getBytes(StandardCharsets.US_ASCII));
    DeviceEvent event = understood("a2 TYPE " + field.replace("TEXT", text)).getFirst();

    assertThat(event.deviceTime() == null ? event.time() : event.deviceTime()).isEqualTo(meant);
  }

  @Test
  void readsMapsArraysAndNamesOfIndefiniteLength() {
    assertThat(understood("9f bf TYPE ff bf 7f 62 7479 62 7065 ff 6162 ff ff"))
        .extracting(event -> event.type().value())
        .containsExactly("a", "b");
    assertThat(understood("bf TYPE 66 76616c756573 bf 6176 01 ff ff").getFirst().values().byName())
        .containsEntry("v", new Value.Whole(1));
  }

  @Test
  void readsWhatCallsItselfCbor() {
    assertThat(understood("d9d9f7 a1 TYPE")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a2 MEASURED V 43 010203|BAD_FIELD|byte 28: values.v: is a byte string",
        "a1 44 74797066 6161|BAD_FIELD|byte 1: the name of a field must be text",
        "a1 81 00 6161|BAD_FIELD|byte 1: the name of a field must be text",
        "a1 01 6161|BAD_FIELD|byte 1: the name of a field must be text",
        "a2 MEASURED V f97e00|BAD_FIELD|values.v: is not a finite number",
        "a2 MEASURED V f97c00|BAD_FIELD|values.v: is not a finite number",
        "a2 MEASURED V faff800000|BAD_FIELD|values.v: is not a finite number",
        "a2 MEASURED V fb7ff8000000000000|BAD_FIELD|values.v: is not a finite number",
        "a2 MEASURED V f6|BAD_FIELD|values.v: null is no value",
        "a2 MEASURED V f7|BAD_FIELD|values.v: is a simple value of CBOR",
        "a2 MEASURED V f0|BAD_FIELD|values.v: is a simple value of CBOR",
        "a2 MEASURED V f8ff|BAD_FIELD|values.v: is a simple value of CBOR",
        "a2 MEASURED V c4 82 21 19 6ab3|BAD_FIELD|values.v: CBOR tag 4 is not read here",
        "a2 MEASURED V d8 20 61 61|BAD_FIELD|values.v: CBOR tag 32 is not read here",
        "a2 MEASURED V db ffffffffffffffff 00|BAD_FIELD|values.v: CBOR tag",
        "d9 0100 a1 MEASURED|BAD_FIELD|byte 0: CBOR tag 256 is not read here",
        "82 a1 MEASURED d8 63 a1 MEASURED|BAD_FIELD|event 2: CBOR tag 99 is not read here",
        "82 a1 MEASURED c6c6c6c6c6c6c6c6c6 a1 TYPE|TOO_LARGE|event 2: has more than 8 tags",
        "a2 MEASURED V c2 61 61|BAD_FIELD|values.v: a big integer must be a byte string",
        "a2 MEASURED V 81 00|BAD_FIELD|values.v: is neither a number",
        "a2 MEASURED V c0 01|BAD_FIELD|values.v: tag 0 is for the text of a time",
        "a2 MEASURED V c1 61 31|BAD_FIELD|values.v: tag 1 is for a number",
        "a2 TYPE TYPE|BAD_FIELD|type: is there twice",
        "a2 MEASURED 66 76616c756573 a2 6176 01 6176 02|BAD_FIELD|values.v: is there twice",
        "a1 TYPE 00|NOT_CBOR|byte 8: something follows",
        "a1 TYPE a1 TYPE|NOT_CBOR|something follows",
        "a2 MEASURED|NOT_CBOR|the message ends in the middle",
        "a2 MEASURED V 19 01|NOT_CBOR|the message ends in the middle",
        "a2 MEASURED V 61 ff|NOT_CBOR|values.v: is not UTF-8",
        "a2 MEASURED V 62 c0af|NOT_CBOR|values.v: is not UTF-8",
        "a2 MEASURED V 63 eda080|NOT_CBOR|values.v: is not UTF-8",
        "a2 MEASURED V 7f 62 e6b0 61 b4 ff|NOT_CBOR|values.v: is not UTF-8",
        "a2 TYPE V 7f 41 61 ff|NOT_CBOR|a field: a text of indefinite length holds something",
        "a2 TYPE V 7f 7f 61 61 ff ff|NOT_CBOR|a field: a text of indefinite length holds",
        "a2 TYPE V 1c|NOT_CBOR|a field: uses a form that RFC 8949 reserves",
        "a2 TYPE V 1f|NOT_CBOR|a field: uses a form that RFC 8949 reserves",
        "a2 TYPE V ff|NOT_CBOR|a field: a break where nothing",
        "ff|NOT_CBOR|byte 0: a break where nothing",
        "bf MEASURED|NOT_CBOR|the message ends in the middle",
        "82 a1 MEASURED a2 MEASURED V 41 00|BAD_FIELD|event 2: values.v: is a byte string",
        "01|BAD_FIELD|expected an event or an array of events",
        "80|BAD_FIELD|an array must hold at least one event",
        "82 a1 MEASURED a0|MISSING_FIELD|event 2: type: is missing",
      })
  void refusesWithTheReasonTheByteAndTheField(String hex, RefusalReason reason, String detail) {
    Refusal refusal = refusal(hex);

    assertThat(refusal.detail()).contains(detail);
    assertThat(refusal.reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "a2 MEASURED V 7a 7fffffff, a text is declared longer than the message",
    "a2 MEASURED V 7b 7fffffffffffffff, a text is declared longer than the message",
    "a2 MEASURED V 7b ffffffffffffffff, a text is declared longer than the message",
    "9a 7fffffff, an array or a map is declared longer than the message",
    "9b ffffffffffffffff, an array or a map is declared longer than the message",
    "ba 7fffffff, an array or a map is declared longer than the message",
    "a2 MEASURED V c2 5a 7fffffff, is larger than a 64-bit number can be",
  })
  void believesNoDeclaredLengthThatIsNotThere(String hex, String detail) {
    byte[] message = bytes(hex);
    interpret(message);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();

    Interpreted interpreted = interpret(message);

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(64 * 1024);
    assertThat(((Interpreted.Refused) interpreted).refusal().detail()).contains(detail);
  }

  @Test
  void refusesTenThousandLevels() {
    assertThat(refusal("81".repeat(10_000) + "00"))
        .isEqualTo(
            new Refusal(
                RefusalReason.TOO_LARGE,
                "byte 8: event 1: is nested deeper than 8 arrays and objects within each other"));
    assertThat(refusal("d9d9f7".repeat(10_000) + "00").reason()).isEqualTo(RefusalReason.TOO_LARGE);
  }

  @Property(tries = 4_000)
  void readsADamagedMessageOrSaysBrieflyWhyNot(@ForAll int position, @ForAll byte damage) {
    byte[] cbor =
        new CBORMapper()
            .writeValueAsBytes(
                Map.of(
                    "type",
                    "measurement",
                    "time",
                    1.5,
                    "id",
                    "x",
                    "values",
                    Map.of("t", 21.5, "s", "text")));
    cbor[Math.floorMod(position, cbor.length)] = damage;

    if (interpret(cbor)
        instanceof Interpreted.Refused(var message, var refusal, var _, var _, var _)) {
      assertThat(refusal.detail()).isNotBlank().hasSizeLessThanOrEqualTo(300);
    }
  }

  private static Value value(String hex) {
    return understood("a2 TYPE V " + hex).getFirst().values().find("v").orElseThrow();
  }
}
