package org.linli.edge.equipment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.linli.edge.RunningGateway;
import org.linli.edge.equipment.RaisedAlarm.Sent;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Address.Format;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.UnreadPart;
import org.linli.event.DeviceEvent;

/**
 * A wrong count of CBOR makes a text stand where a name is. What a device says of a resident is
 * quoted by no defect and no refusal for it, whichever count is wrong.
 */
class CborCountsTest {

  private static final String SECRET = "Zq7Zhangsanfeng";
  private static final int MAP = 5;
  private static final int SHORT = 23;

  private static RunningGateway gateway;

  @TempDir static Path data;

  @BeforeAll
  static void start() {
    gateway = RunningGateway.start(data);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  /** In which {@code S} stands for the secret. */
  static Stream<String> messages() {
    String values = "66 76616c756573";
    String type = "64 74797065 6e 736d6f6b652e6465746563746564";
    return Stream.of(
        "a3" + type + values + "a2 6161 S 6162 01 62 6964 61 78",
        "a3" + type + "62 6964 S" + values + "a2 6161 01 6162 S",
        "bf" + type + values + "bf 6161 S 6162 81 S ff 62 6964 S ff",
        "a3" + type + values + "a3 6161 82 S S 6162 S 6163 83 01 S 02 62 6964 61 78",
        "a3" + type + values + "a2 6161 82 81 S S 6162 a2 6178 S 6179 S 62 6964 S",
        "bf" + type + values + "a3 6161 82 S S 6162 S 6163 83 01 S 02 62 6964 61 78 ff",
        "82 a3" + type + values + "a1 6161 S 62 6964 S a2" + type + values + "a1 6162 S",
        "9f a3" + type + values + "a1 6161 S 62 6964 S a2" + type + values + "a1 6162 S ff",
        "9f a3" + type + values + "a1 6161 82 S S 62 6964 S a2" + type + "62 6964 S ff",
        "9f bf" + type + values + "a2 6161 S 6162 S 62 6964 S ff bf" + type + "ff ff",
        "d9d9f7 b803" + type + values + "b90002 6161 S 6162 S 62 6964 S");
  }

  static Stream<String> packs() {
    return Stream.of(
        "82 a3 20 6173 00 6178 03 S a3 00 6179 03 S 08 41 00",
        "9f a3 00 6178 63 766567 81 S 02 01 a2 00 6179 03 S ff",
        "81 bf 00 6178 63 76626c 82 S S 02 01 ff");
  }

  @ParameterizedTest
  @MethodSource("messages")
  void quotesNoTextOfAMessageOneOfWhoseCountsIsWrong(String hex) {
    quotesNothing(Format.LINLI_CBOR, hex);
  }

  @ParameterizedTest
  @MethodSource("packs")
  void quotesNoTextOfAPackOneOfWhoseCountsIsWrong(String hex) {
    quotesNothing(Format.SENML_CBOR, hex);
  }

  private static void quotesNothing(Format format, String hex) {
    String secret =
        "%02x".formatted(0x60 | SECRET.length())
            + HexFormat.of().formatHex(SECRET.getBytes(StandardCharsets.US_ASCII));
    byte[] right = HexFormat.of().parseHex(hex.replace("S", secret).replace(" ", ""));
    List<String> quoting = new ArrayList<>();
    int variants = 0;
    for (int at = 0; at < right.length; at++) {
      int major = (right[at] & 0xff) >> 5;
      int info = right[at] & 0x1f;
      if (major != MAP && major != MAP - 1 || info > SHORT + 2) {
        continue;
      }
      int count = at + Math.max(0, info - SHORT);
      for (int by : new int[] {-1, 1}) {
        byte[] wrong = right.clone();
        wrong[count] += (byte) by;
        variants++;
        List<String> told = told(read(format, wrong));
        if (told.stream().anyMatch(each -> each.contains("Zq7"))) {
          quoting.add(HexFormat.of().formatHex(wrong) + ": " + told);
        }
      }
    }
    assertThat(quoting).isEmpty();
    assertThat(variants).isPositive();
  }

  private static Interpreted read(Format format, byte[] payload) {
    return gateway
        .profiles()
        .interpret(new Sent(new Address.Device(format, "environment", "box"), payload).message());
  }

  /** What is told of what is wrong with a message. */
  private static List<String> told(Interpreted read) {
    List<String> told = new ArrayList<>();
    switch (read) {
      case Interpreted.Refused refused -> told.add(refused.refusal().detail());
      case Interpreted.Understood understood -> {
        for (DeviceEvent event : understood.events()) {
          event.values().find("defect").ifPresent(defect -> told.add(defect.toString()));
        }
        if (understood.basis() instanceof UnreadPart part && part.unread() != null) {
          told.add(part.unread().refusal().detail());
        }
      }
      case Interpreted other -> {}
    }
    return told;
  }
}
