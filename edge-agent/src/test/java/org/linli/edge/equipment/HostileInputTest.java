package org.linli.edge.equipment;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.RunningGateway;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;

/**
 * Messages as large as a door lets in, made to fill the memory, sent to everything that reads: no
 * profile fails on one, and none allocates more than a bounded multiple of it, whatever it
 * declares.
 */
class HostileInputTest {

  private static final Path CASES = Path.of("src/test/resources/equipment");
  private static final Instant RECEIVED = Instant.parse("2026-11-23T05:16:01.500Z");

  /** What CoAP lets in unless it is told otherwise; the other doors take four times as much. */
  private static final int SIZE = 64 * 1024;

  /** Of the bytes of a message. */
  private static final long MULTIPLE = 200;

  /** Of a processor: hundreds of times what any of them takes, whatever else the machine does. */
  private static final Duration LONGEST = Duration.ofSeconds(2);

  /**
   * The steps that an expression may take leave garbage, however small the message; how much stays
   * at once, ExpressionTest holds.
   */
  private static final long STEPS_OF_A_MAPPING = 128L << 20;

  private static final String MAPPINGS = "mapping";

  private static final long UNZIPPED = 64L << 20;

  @TempDir Path data;

  @Test
  void fillsNoMemoryAndFailsNoProfile() throws IOException {
    Map<String, byte[]> hostile = hostile();
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (RunningGateway gateway = RunningGateway.start(data, EquipmentCase.SETTINGS)) {
      for (Map.Entry<EquipmentCase, Long> at : cases().entrySet()) {
        EquipmentCase each = at.getKey();
        for (Map.Entry<String, byte[]> input : hostile.entrySet()) {
          Message message =
              new Message(
                  "test://x", each.address(), input.getValue(), RECEIVED, TestProfiles.NOBODY);
          long began = thread.getCurrentThreadCpuTime();
          long before = thread.getCurrentThreadAllocatedBytes();
          Interpreted read = gateway.profiles().interpret(message);
          long allocated = thread.getCurrentThreadAllocatedBytes() - before;

          Duration took = Duration.ofNanos(thread.getCurrentThreadCpuTime() - began);

          assertThat(took)
              .as("time for %s at %s", input.getKey(), each.address())
              .isLessThan(LONGEST);
          assertThat(allocated)
              .as("bytes allocated for %s at %s", input.getKey(), each.address())
              .isLessThan(at.getValue());
          if (read instanceof Interpreted.Refused refused) {
            assertThat(refused.refusal().reason())
                .as("%s at %s: %s", input.getKey(), each.address(), refused.refusal().detail())
                .isNotEqualTo(RefusalReason.PROFILE_FAILED);
            assertThat(refused.refusal().detail()).hasSizeLessThan(1_000);
          }
        }
      }
    }
  }

  /** One for each reader and sort of address, with the bytes that it may allocate. */
  private static Map<EquipmentCase, Long> cases() throws IOException {
    try (Stream<Path> files = Files.walk(CASES)) {
      Set<String> addresses = new HashSet<>();
      Map<EquipmentCase, Long> cases = new LinkedHashMap<>();
      for (Path file : files.filter(each -> each.toString().endsWith(".case")).sorted().toList()) {
        EquipmentCase read = EquipmentCase.read(file);
        Path reader = CASES.relativize(file).getName(0);
        boolean mapped = reader.toString().equals(MAPPINGS);
        if (addresses.add(mapped ? read.address().toString() : reader + sort(read.address()))) {
          cases.put(read, mapped ? STEPS_OF_A_MAPPING : MULTIPLE * SIZE);
        }
      }
      return cases;
    }
  }

  /** Addresses that differ in the name of the device only are of one sort. */
  private static String sort(Address address) {
    if (!(address instanceof Address.Topic published)) {
      return address instanceof Address.Device device
          ? device.format() + device.kind()
          : address.getClass().getSimpleName();
    }
    List<String> levels = List.of(published.topic().split("/", -1));
    return levels.size() < 3
        ? levels.getFirst()
        : levels.size() + levels.getFirst() + levels.getLast();
  }

  private static Map<String, byte[]> hostile() throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>();
    text(all, "arrays within arrays", "[".repeat(SIZE));
    text(all, "objects within objects", "{\"a\":".repeat(SIZE / 5));
    text(all, "a wide array", "[" + "0,".repeat(SIZE / 2 - 2) + "0]");
    text(all, "an array of objects", "[" + "{},".repeat(SIZE / 3 - 2) + "{}]");
    text(all, "many keys", keys());
    text(all, "a long text", "{\"Time\":\"" + "x".repeat(SIZE - 12) + "\"}");
    text(all, "a long number", "{\"contact\":" + "9".repeat(SIZE - 12) + "}");
    text(all, "lines", "\n".repeat(SIZE));
    text(all, "words", "x ".repeat(SIZE / 2));
    text(all, "laughs", laughs());
    text(
        all,
        "a file",
        "<!DOCTYPE a [<!ENTITY f SYSTEM"
            + " \"file:///etc/passwd\">]><EventNotificationAlert>&f;</EventNotificationAlert>");
    text(all, "elements within elements", "<a>".repeat(SIZE / 3));
    text(all, "many elements", "<a>" + "<b/>".repeat(SIZE / 4 - 2) + "</a>");
    text(
        all,
        "many attributes",
        "<a "
            + IntStream.range(0, SIZE / 10)
                .mapToObj(i -> "a" + i + "='' ")
                .collect(Collectors.joining())
            + "/>");
    text(all, "parts", "--b\r\n\r\n\r\n".repeat(SIZE / 9));
    text(
        all,
        "a base name in front of many names",
        "[{\"bn\":\"%s\"},".formatted("x".repeat(SIZE / 2))
            + "{\"n\":\"a\",\"v\":1},".repeat(SIZE / 2 / 16 - 2)
            + "{\"n\":\"a\",\"v\":1}]");
    text(all, "many base names", base());
    text(all, "nothing within long names", within("null", 9));
    text(all, "empty arrays within long names", within("[]", 0));
    text(all, "numbers within long names", within("1", 9));
    text(all, "words in a topic's place", "/".repeat(SIZE));
    text(all, "one key again and again", "{" + "\"a\":0,".repeat(SIZE / 6 - 2) + "\"a\":0}");
    text(all, "headers of parts", "--b\r\n" + "a: b\r\n".repeat(SIZE / 6));
    text(all, "almost boundaries", "--b \t".repeat(SIZE / 5));
    text(all, "long numbers", "[" + ("9".repeat(390) + ",").repeat(SIZE / 391 - 1) + "1]");
    text(all, "exponents", "{" + "\"a\":1e-400,".repeat(SIZE / 12 - 2) + "\"b\":1e999999999}");
    hex(all, "a text of single characters in cbor", "7f" + "6161".repeat(SIZE / 2 - 2) + "ff");
    text(
        all,
        "a picture",
        "{\"AlarmInfoPlate\":{\"result\":{\"PlateResult\":{\"license\":\"A\",\"imageFile\":\""
            + "A".repeat(SIZE - 100)
            + "\"}}}}");
    hex(all, "an array of all there is in cbor", "9bffffffffffffffff");
    hex(all, "a map of all there is in cbor", "bb7fffffffffffffff");
    hex(all, "bytes that are not there in cbor", "81a1085b7fffffffffffffff");
    hex(all, "a number of two gigabytes in cbor", "81a102c25a7fffffff");
    hex(all, "arrays within arrays in cbor", "81".repeat(SIZE));
    hex(all, "tags within tags in cbor", "c1".repeat(SIZE));
    hex(all, "metrics that are not there in sparkplug", "12ffffffff0f");
    hex(all, "groups within groups in sparkplug", "1b".repeat(SIZE));
    hex(all, "empty metrics in sparkplug", "1200".repeat(SIZE / 2));
    all.put(
        "broken characters",
        ("{" + "\u00ff\"".repeat(SIZE / 2)).getBytes(StandardCharsets.ISO_8859_1));
    all.put("a bomb", zipped());
    all.put("a bomb in sparkplug", compressed(zipped()));
    return all;
  }

  private static void text(Map<String, byte[]> all, String name, String payload) {
    all.put(name, payload.getBytes(StandardCharsets.UTF_8));
  }

  private static void hex(Map<String, byte[]> all, String name, String payload) {
    all.put(name, HexFormat.of().parseHex(payload));
  }

  private static String keys() {
    return IntStream.range(0, SIZE / 12)
        .mapToObj(i -> "\"k%06d\":0".formatted(i))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String laughs() {
    return IntStream.range(1, 20)
        .mapToObj(i -> "<!ENTITY l%d \"%s\">".formatted(i, ("&l" + (i - 1) + ";").repeat(10)))
        .collect(
            Collectors.joining(
                "",
                "<!DOCTYPE EventNotificationAlert [<!ENTITY l0 \"ha\">",
                "]><EventNotificationAlert>&l19;</EventNotificationAlert>"));
  }

  private static String base() {
    return IntStream.range(0, SIZE / 40)
        .mapToObj(i -> "{\"bn\":\"b%05d\",\"bt\":%d,\"v\":1}".formatted(i, i))
        .collect(Collectors.joining(",", "[", "]"));
  }

  /**
   * Thirty objects within each other, whose names fill half of the message, and within many things.
   */
  private static String within(String thing, int named) {
    int depth = 30;
    String open = ("{\"" + "x".repeat(1_000) + "\":").repeat(depth);
    int many = (SIZE - open.length() - depth) / (thing.length() + 1 + named) - 1;
    String inner =
        named == 0
            ? "[" + (thing + ",").repeat(many) + thing + "]"
            : IntStream.range(0, many)
                .mapToObj(i -> "\"k%05d\":%s".formatted(i, thing))
                .collect(Collectors.joining(",", "{", "}"));
    return open + inner + "}".repeat(depth);
  }

  private static byte[] zipped() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      byte[] nothing = new byte[1 << 16];
      for (long written = 0; written < UNZIPPED; written += nothing.length) {
        zip.write(nothing);
      }
    }
    return out.toByteArray();
  }

  /** Sparkplug 3.0 has no such payload any more; version 2.2 names it so. */
  private static byte[] compressed(byte[] body) {
    byte[] name = "SPBV1.0_COMPRESSED".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(4 << 3 | 2);
    out.write(name.length);
    out.writeBytes(name);
    out.write(5 << 3 | 2);
    for (int rest = body.length; ; rest >>>= 7) {
      if (rest < 128) {
        out.write(rest);
        break;
      }
      out.write(rest & 127 | 128);
    }
    out.writeBytes(body);
    return out.toByteArray();
  }
}
