package org.linli.edge.profile.senml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.Json;
import org.linli.edge.profile.format.TestFaults;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The examples of RFC 8428, resolved as their authors did. */
class SenmlExamplesTest {

  /** When the authors of RFC 8428 resolved their example without a time. */
  private static final Instant RESOLVED = Instant.ofEpochSecond(1_498_780_179);

  @ParameterizedTest
  @ValueSource(strings = {"ex1", "ex3", "ex5", "ex6", "ex8"})
  void resolvesTheExamplesOfTheStandard(String example) throws Exception {
    assertThat(resolved(resource(example + ".json"), false))
        .isEqualTo(expected(example + ".resolved.json"));
  }

  @Test
  void resolvesTheExampleInCbor() throws Exception {
    assertThat(resolved(hex(text("ex3.cbor.hex").strip()), true))
        .isEqualTo(expected("ex3.resolved.json"));
  }

  /** As the authors of the standard write resolved records: every number a double. */
  private static List<JsonNode> resolved(byte[] pack, boolean cbor) throws Unreadable {
    JsonNode read = cbor ? SenmlPack.readCbor(pack, new TestFaults()) : Json.read(pack);
    return Resolver.resolve(
            read,
            cbor,
            RESOLVED,
            (unreadable, _) -> {
              throw new AssertionError(unreadable);
            })
        .stream()
        .map(SenmlExamplesTest::asWritten)
        .toList();
  }

  private static JsonNode asWritten(ResolvedRecord record) {
    ObjectNode written = JsonNodeFactory.instance.objectNode();
    record.others().forEach(written::set);
    written.put("n", record.name()).put("u", record.unit()).put("t", record.seconds());
    return doubled(written.set(Objects.requireNonNull(record.kind()), record.value()));
  }

  private static List<JsonNode> expected(String name) throws IOException, Unreadable {
    return Json.read(resource(name)).values().stream().map(SenmlExamplesTest::doubled).toList();
  }

  private static JsonNode doubled(JsonNode record) {
    ObjectNode doubled = JsonNodeFactory.instance.objectNode();
    record
        .properties()
        .forEach(
            field ->
                doubled.set(
                    field.getKey(),
                    field.getValue().isNumber()
                        ? JsonNodeFactory.instance.numberNode(field.getValue().doubleValue())
                        : field.getValue()));
    return doubled;
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private static String text(String name) throws IOException {
    return new String(resource(name), StandardCharsets.UTF_8);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(SenmlExamplesTest.class.getResourceAsStream(name))) {
      return in.readAllBytes();
    }
  }
}
