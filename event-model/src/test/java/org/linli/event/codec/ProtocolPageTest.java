package org.linli.event.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.linli.event.Batch;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.Digest;
import org.linli.event.EquipmentReport;
import org.linli.event.EventId;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.GatewayRegistry;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.LaneLedger;
import org.linli.event.Receipt;
import org.linli.event.ShedRange;
import org.linli.event.TakenEvent;
import org.linli.event.Value;
import org.linli.event.Values;

/** The examples in docs/protocol.md are what the codecs write and read. */
class ProtocolPageTest {

  private static final Path PAGE = Path.of("..", "docs", "protocol.md");

  @Test
  void theFrameIsTheBatchThatThePageDescribes() throws IOException {
    assertThat(BatchCodec.decode(block("batch-frame")))
        .isEqualTo(new BatchCodec.Decoded.Read(example()));
  }

  @Test
  void theMessageIsWhatTheFrameHoldsAndWhatIsWritten() throws IOException {
    byte[] message = block("batch-message");

    assertThat(message)
        .asHexString()
        .isEqualTo(hex(BatchCodecPropertyTest.unpack(block("batch-frame"))))
        .isEqualTo(hex(BatchCodecPropertyTest.unpack(BatchCodec.encode(example()))));
  }

  @Test
  void theReceiptIsTheOneThatThePageDescribes() throws IOException {
    Receipt receipt = new Receipt.Applied(3, Lane.BULK, 42, example().digest());

    assertThat(ReceiptCodec.decode(block("receipt")))
        .isEqualTo(new ReceiptCodec.Decoded.Read(receipt));
    assertThat(hex(ReceiptCodec.encode(receipt))).isEqualTo(hex(block("receipt")));
  }

  @Test
  void theRegistryIsTheOneThatThePageDescribes() throws IOException {
    GatewayRegistry registry = GatewayRegistryCodecTest.example();

    assertThat(GatewayRegistryCodec.decode(block("registry-frame")))
        .isEqualTo(new GatewayRegistryCodec.Decoded.Read(registry));
    assertThat(block("registry-message"))
        .asHexString()
        .isEqualTo(hex(BatchCodecPropertyTest.unpack(block("registry-frame"))))
        .isEqualTo(hex(RegistryMessage.write(registry)));
  }

  @Test
  void theReportOfEquipmentIsTheOneThatThePageDescribes() throws IOException {
    EquipmentReport report = EquipmentReportCodecTest.example();

    assertThat(EquipmentReportCodec.decode(block("equipment-frame")))
        .isEqualTo(new EquipmentReportCodec.Decoded.Read(report));
    assertThat(block("equipment-message"))
        .asHexString()
        .isEqualTo(hex(BatchCodecPropertyTest.unpack(block("equipment-frame"))))
        .isEqualTo(hex(EquipmentMessage.write(report)));
  }

  static Batch example() {
    return new Batch(
        new GatewayId("gateway-1"),
        3,
        Lane.BULK,
        41,
        42,
        digest("00112233445566778899aabbccddeeff"),
        digest("ffeeddccbbaa99887766554433221100"),
        new LaneLedger(1200, 2),
        List.of(new ShedRange(40, 40, Map.of(new DeviceId("door-2"), 2L))),
        List.of(
            event(
                "door-1",
                7,
                Kind.ACCESS,
                "door.held-open",
                "a1b2-17",
                123,
                130,
                values("seconds", new Value.Whole(95), "open", new Value.Truth(true))),
            event(
                "elevator-2",
                901,
                Kind.ELEVATOR,
                "measurement",
                null,
                140,
                140,
                values("temperature", new Value.Real(21.37))),
            event(
                "door-1",
                8,
                Kind.ACCESS,
                "door.closed",
                "a1b2-18",
                4123,
                4131,
                values("by", new Value.Text("spring")))));
  }

  private static TakenEvent event(
      String device,
      long order,
      Kind kind,
      String type,
      @Nullable String id,
      long time,
      long takenAt,
      Values values) {
    Instant start = Instant.parse("2026-11-23T05:16:00Z");
    return new TakenEvent(
        order,
        new DeviceEvent(
            new DeviceId(device),
            kind,
            new EventType(type),
            id == null ? null : new EventId(id),
            start.plusMillis(time),
            null,
            start.plusMillis(takenAt),
            values));
  }

  private static Values values(Object... namesAndValues) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put((String) namesAndValues[i], (Value) namesAndValues[i + 1]);
    }
    return new Values(values);
  }

  private static Digest digest(String hex) {
    return new Digest(HexFormat.of().parseHex(hex));
  }

  /** The bytes of a fenced block: what stands before a semicolon on each line. */
  private static byte[] block(String name) throws IOException {
    String page = Files.readString(PAGE, StandardCharsets.UTF_8);
    String fence = "```" + name + "\n";
    int start = page.indexOf(fence);
    assertThat(start).as("a block %s in %s", name, PAGE).isNotNegative();
    String block =
        page.substring(start + fence.length(), page.indexOf("```", start + fence.length()));
    return HexFormat.of()
        .parseHex(
            block
                .lines()
                .map(line -> line.split(";", 2)[0].replace(" ", ""))
                .collect(Collectors.joining()));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().withUpperCase().formatHex(bytes);
  }
}
