package org.linli.edge.intake;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What goes wrong in the field, and what is to be said about it at every door.
 *
 * @param name for the test's name
 * @param path below {@code /linli/}
 * @param cbor whether the content is CBOR
 * @param reason of its dead letter
 * @param detail part of what is said
 */
record BadInput(
    String name, String path, boolean cbor, byte[] content, RefusalReason reason, String detail) {

  private static final String DOOR = "access/matrix-1";
  private static final String OK = "{\"type\":\"a\"}";

  @Override
  public String toString() {
    return name;
  }

  static Stream<BadInput> all() {
    return Stream.of(wrongJson(), wrongCbor(), wrongAddresses()).flatMap(List::stream);
  }

  private static List<BadInput> wrongJson() {
    return List.of(
        json("broken JSON", "{\"type\":", RefusalReason.NOT_JSON, "line 1, column 9"),
        json("text", "door opened", RefusalReason.NOT_JSON, "line 1, column "),
        json("nothing", "", RefusalReason.NOT_JSON, "the message is empty"),
        json("blanks", "  \n ", RefusalReason.NOT_JSON, "the message is empty"),
        json("no type", "{\"values\":{}}", RefusalReason.MISSING_FIELD, "type: is missing"),
        json("type a number", "{\"type\":7}", RefusalReason.BAD_FIELD, "type: is not a string"),
        json(
            "id an array",
            "{\"type\":\"measurement\",\"id\":[1]}",
            RefusalReason.BAD_FIELD,
            "id: is not a string"),
        json(
            "values a string",
            "{\"type\":\"measurement\",\"values\":\"x\"}",
            RefusalReason.BAD_FIELD,
            "values: is not an object"),
        json(
            "an array with one bad element",
            "[{\"type\":\"measurement\"},{\"type\":\"measurement\"},{\"type\":true}]",
            RefusalReason.BAD_FIELD,
            "event 3: type: is not a string"),
        json("an empty array", "[]", RefusalReason.BAD_FIELD, "at least one event"),
        json(
            "ten thousand levels",
            "{\"type\":\"measurement\",\"values\":{\"t\":" + "[".repeat(10_000),
            RefusalReason.BAD_FIELD,
            "values.t: is neither a number"),
        json(
            "ten thousand arrays",
            "[".repeat(10_000),
            RefusalReason.BAD_FIELD,
            "expected an event"),
        bytes("invalid UTF-8", "7b2274797065223a22ff227d", RefusalReason.NOT_JSON, "is not UTF-8"),
        json(
            "NaN",
            "{\"type\":\"measurement\",\"values\":{\"t\":NaN}}",
            RefusalReason.NOT_JSON,
            "values.t: NaN is not a number"),
        json(
            "infinity",
            "{\"type\":\"measurement\",\"values\":{\"t\":Infinity}}",
            RefusalReason.NOT_JSON,
            "values.t: Infinity is not a number"),
        json(
            "a number beyond every double",
            "{\"type\":\"measurement\",\"values\":{\"t\":-1e999}}",
            RefusalReason.BAD_FIELD,
            "values.t: is larger"),
        json(
            "a thousand values",
            "{\"type\":\"measurement\",\"values\":{" + names(1_000) + "}}",
            RefusalReason.TOO_LARGE,
            "values: at most 128 are allowed"),
        json(
            "a thousand and one events",
            "[" + (OK + ",").repeat(1_000) + OK + "]",
            RefusalReason.TOO_LARGE,
            "at most 1000 events"),
        json(
            "two documents",
            "{\"type\":\"measurement\"}".repeat(2),
            RefusalReason.NOT_JSON,
            "something follows after the end"),
        json(
            "larger than the door",
            "{\"type\":\"measurement\",\"id\":\"" + "x ".repeat(10_000) + "\"}",
            RefusalReason.TOO_LARGE,
            "at most 16384 bytes are taken"));
  }

  private static List<BadInput> wrongCbor() {
    return List.of(
        cbor("JSON that calls itself CBOR", "7b22", RefusalReason.NOT_CBOR, "ends in the middle"),
        cbor("broken CBOR", "a1647479", RefusalReason.NOT_CBOR, "declared longer"),
        cbor("no CBOR at all", "", RefusalReason.NOT_CBOR, "the message is empty"),
        cbor(
            "a float that is NaN",
            "a264747970656b6d6561737572656d656e74" + "6676616c756573" + "a16174f97e00",
            RefusalReason.BAD_FIELD,
            "values.t: is not a finite number"),
        cbor(
            "an infinite double",
            "a264747970656b6d6561737572656d656e74" + "6676616c756573" + "a16174fb7ff0000000000000",
            RefusalReason.BAD_FIELD,
            "values.t: is not a finite number"),
        cbor(
            "a byte string",
            "a264747970656b6d6561737572656d656e74" + "6676616c756573" + "a161744101",
            RefusalReason.BAD_FIELD,
            "values.t: is a byte string"),
        cbor(
            "ten thousand CBOR levels",
            "81".repeat(10_000),
            RefusalReason.TOO_LARGE,
            "is nested deeper than 8"),
        cbor(
            "two gigabytes declared",
            "5b0000000080000000",
            RefusalReason.NOT_CBOR,
            "declared longer than the message"),
        cbor(
            "an array with one bad CBOR element",
            "82a164747970656b6d6561737572656d656e74a0",
            RefusalReason.MISSING_FIELD,
            "event 2: type: is missing"));
  }

  private static List<BadInput> wrongAddresses() {
    return List.of(
        at("an unknown kind", "doors/door-1", RefusalReason.UNKNOWN_KIND, "kind doors is none of"),
        at("an encoded slash", "access/a%2Fb", RefusalReason.BAD_DEVICE_ID, "U+002F"),
        at("two dots", "access/a..b", RefusalReason.BAD_DEVICE_ID, "two dots in a row"),
        at("a newline", "access/a%0Ab", RefusalReason.BAD_DEVICE_ID, "U+000A"),
        at(
            "three hundred characters",
            "access/" + "x".repeat(250),
            RefusalReason.BAD_DEVICE_ID,
            "at most 128 are allowed"),
        at("no device", "access", RefusalReason.UNKNOWN_ADDRESS, "/linli/{kind}/{deviceId}"),
        at("one level more", "access/a/b", RefusalReason.UNKNOWN_ADDRESS, "nothing reads this"));
  }

  /** With what a good event would be, elsewhere. */
  private static BadInput at(String name, String path, RefusalReason reason, String detail) {
    return new BadInput(name, path, false, OK.getBytes(StandardCharsets.UTF_8), reason, detail);
  }

  private static BadInput json(String name, String content, RefusalReason reason, String detail) {
    return new BadInput(
        name, DOOR, false, content.getBytes(StandardCharsets.UTF_8), reason, detail);
  }

  private static BadInput bytes(String name, String hex, RefusalReason reason, String detail) {
    return new BadInput(name, DOOR, false, HexFormat.of().parseHex(hex), reason, detail);
  }

  private static BadInput cbor(String name, String hex, RefusalReason reason, String detail) {
    return new BadInput(name, DOOR, true, HexFormat.of().parseHex(hex), reason, detail);
  }

  private static String names(int count) {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < count; i++) {
      names.append(i == 0 ? "" : ",").append("\"v").append(i).append("\":1");
    }
    return names.toString();
  }
}
