package org.linli.edge.equipment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.linli.edge.RunningGateway;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Address.Format;
import org.linli.edge.intake.Message;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;

/**
 * Messages from public reports of people who run such equipment, each with what is right. They are
 * in {@code src/test/resources/field}, and come in the order of {@code cases.csv}: one may follow
 * from another.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FieldCasesTest {

  private static final Path FIELD = Path.of("src/test/resources/field");
  private static final Instant RECEIVED = Instant.parse("2026-11-29T00:00:00Z");

  /** Of whole datagrams, which the tests of the CoAP door send. */
  private static final Set<String> OF_COAP = Set.of("24-coap-client-habits", "26-coap-no-response");

  @TempDir static Path data;

  private static RunningGateway gateway;

  @BeforeAll
  static void start() {
    gateway = RunningGateway.start(data, EquipmentCase.SETTINGS);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Order(1)
  @ParameterizedTest(name = "{0} {1}")
  @CsvFileSource(resources = "/field/cases.csv", numLinesToSkip = 1, delimiter = ';')
  void givesWhatIsRight(String folder, String file, String sent, String becomes)
      throws IOException {
    byte[] payload = Files.readAllBytes(FIELD.resolve(folder).resolve(file));

    Interpreted read =
        gateway
            .profiles()
            .interpret(
                new Message(
                    "test://x", address(sent, payload), payload, RECEIVED, TestProfiles.NOBODY));

    assertThat(told(read)).isEqualTo(becomes);
  }

  @Order(2)
  @Test
  void noMessageIsLeftOut() throws IOException {
    Set<String> listed =
        Files.readAllLines(FIELD.resolve("cases.csv")).stream()
            .skip(1)
            .map(line -> line.split(";", -1))
            .map(cells -> cells[0] + "/" + cells[1])
            .collect(Collectors.toCollection(TreeSet::new));
    try (Stream<Path> files = Files.walk(FIELD)) {
      Set<String> there =
          files
              .filter(Files::isRegularFile)
              .map(file -> FIELD.relativize(file).toString().replace('\\', '/'))
              .filter(file -> file.contains("/") && !OF_COAP.contains(file.split("/", -1)[0]))
              .collect(Collectors.toCollection(TreeSet::new));

      assertThat(listed).isEqualTo(there);
    }
  }

  private static Address address(String sent, byte[] payload) {
    String way = sent.substring(0, sent.indexOf(' '));
    String to = sent.substring(way.length() + 1);
    List<String> parts = List.of(to.split("/", -1));
    return switch (way) {
      case "topic" -> Address.published(to, "client-1");
      case "senml" -> new Address.Device(Format.SENML_CBOR, parts.get(0), parts.get(1));
      case "multipart" ->
          new Address.ToProfile(
              parts.get(0), parts.get(1), "multipart/form-data; boundary=" + boundary(payload));
      default -> new Address.ToProfile(parts.get(0), parts.get(1), "");
    };
  }

  private static String boundary(byte[] payload) {
    Matcher first =
        Pattern.compile("--([^\\r\\n]+)").matcher(new String(payload, StandardCharsets.ISO_8859_1));
    return first.find() ? first.group(1) : "none";
  }

  /** Each sort of event once, in their order. */
  private static String told(Interpreted read) {
    return switch (read) {
      case Interpreted.Understood understood ->
          understood.events().stream()
              .map(event -> event.device() + " " + event.type())
              .distinct()
              .collect(Collectors.joining(", "));
      case Interpreted.PassedOver _ -> "nothing";
      case Interpreted.Refused refused -> "a dead letter: " + refused.refusal().reason().wireName();
    };
  }
}
