package org.linli.edge.profile.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.linli.edge.profile.TestProfiles.events;
import static org.linli.edge.profile.TestProfiles.refusal;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.memory.HeapShare;
import org.linli.edge.profile.Interpreted;
import org.linli.event.DeviceEvent;
import org.linli.event.Value;

/** With payloads that Eclipse Tahu made. */
class SparkplugProfileTest extends SparkplugMessages {

  @Test
  void readsEveryTypeOfData() {
    DeviceEvent event = events(node("NDATA", "types")).getLast();

    assertThat(event.values().byName())
        .containsEntry("i8", new Value.Whole(-5))
        .containsEntry("i16", new Value.Whole(-500))
        .containsEntry("i32", new Value.Whole(-70_000))
        .containsEntry("i64", new Value.Whole(-5_000_000_000L))
        .containsEntry("u8", new Value.Whole(250))
        .containsEntry("u16", new Value.Whole(65_000))
        .containsEntry("u32", new Value.Whole(4_000_000_000L))
        .containsEntry("u64", new Value.Real(0x1p64))
        .containsEntry("f", new Value.Real(21.6))
        .containsEntry("d", new Value.Real(1e-9))
        .containsEntry("b", new Value.Truth(true))
        .containsEntry("s", new Value.Text("x"))
        .containsEntry("x", new Value.Text("y"))
        .containsEntry("t", new Value.Text("2026-11-23T05:15:00Z"))
        .containsEntry("by", new Value.Text("aa01"))
        .containsEntry("n.null", new Value.Truth(true))
        .containsKey("ds.undecoded")
        .hasSize(17);
    assertThat(event.time()).isEqualTo(Instant.parse("2026-11-23T05:15:00Z"));
  }

  @Test
  void namesAliasesAfterTheBirthsAndNotBefore() {
    assertThat(events(device("DDATA", "early")).getLast().values().byName())
        .containsOnlyKeys("alias-5");
    node("NBIRTH", "nbirth");
    device("DBIRTH", "dbirth");

    List<DeviceEvent> data = events(device("DDATA", "ddata"));
    assertThat(data.getLast().device().value()).isEqualTo("plant:node-1:sensor-1");
    assertThat(data.getLast().values().byName())
        .containsEntry("Temperature", new Value.Real(21.6))
        .containsEntry("Offset", new Value.Whole(-4));
    assertThat(events(node("NDATA", "ndata")).getLast().values().byName())
        .containsEntry("Supply_Volts", new Value.Whole(229));
    node("NBIRTH", "nbirth");
    assertThat(events(device("DDATA", "ddata")).getLast().values().byName())
        .containsOnlyKeys("alias-5", "alias-6");
  }

  @Test
  void saysWhichMessageIsMissed() {
    node("NBIRTH", "nbirth");
    assertThat(types(device("DBIRTH", "dbirth"))).containsExactly("device.online", "measurement");
    assertThat(types(node("NDATA", "ndata"))).containsExactly("measurement");
    assertThat(types(device("DDATA", "ddata"))).containsExactly("measurement");
    assertThat(types(device("DDATA", "ddata"))).containsExactly("measurement");

    List<DeviceEvent> gap = events(device("DDATA", "gap"));
    assertThat(gap)
        .extracting(event -> event.device().value(), event -> event.type().value())
        .containsExactly(
            tuple("plant:node-1", "messages.missed"),
            tuple("plant:node-1:sensor-1", "measurement"));
    assertThat(gap.getFirst().values().byName())
        .containsEntry("expected", new Value.Whole(4))
        .containsEntry("came", new Value.Whole(6));
  }

  @Test
  void keepsTheTimeOfWhatWasBuffered() {
    assertThat(events(device("DDATA", "hist")))
        .extracting(DeviceEvent::time)
        .containsExactly(
            Instant.parse("2026-11-23T04:15:00Z"), Instant.parse("2026-11-23T05:15:10Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spBv1.0/plant/NCMD/node-1",
        "spBv1.0/plant/DCMD/node-1/sensor-1",
        "spBv1.0/STATE/host"
      })
  void passesOverCommandsAndHosts(String topic) {
    assertThat(profiles.published(topic, bytes("ncmd"))).isInstanceOf(Interpreted.PassedOver.class);
  }

  @ParameterizedTest
  @CsvSource({
    "spBv1.0/plant/NDATA, the topic is none",
    "spBv1.0, the topic is none",
    "spBv1.0/plant/DDATA/node-1, DDATA names a device",
    "spBv1.0/plant/NDATA/node-1/sensor-1, NDATA names no device",
    "spBv1.0/plant/XDATA/node-1, XDATA is no type of message",
  })
  void refusesOtherTopics(String topic, String detail) {
    assertThat(refusal(profiles.published(topic, bytes("nbirth"))))
        .satisfies(
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(RefusalReason.UNKNOWN_ADDRESS);
              assertThat(refusal.detail()).contains(detail);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "7b7d, is not Sparkplug B in Protocol Buffers",
    "12ffffffff07, is not Sparkplug B in Protocol Buffers",
    "120a0a087fff, is not Sparkplug B in Protocol Buffers",
    "12040a02c328, is not Sparkplug B in Protocol Buffers",
    "12025001, neither a name nor an alias",
    "221253504256312e305f434f4d50524553534544, is compressed",
    "1800, finds nothing in it",
  })
  void refusesWhatIsNoPayload(String hex, String detail) {
    assertThat(
            refusal(profiles.published("spBv1.0/plant/NDATA/node-1", HexFormat.of().parseHex(hex)))
                .detail())
        .contains(detail);
  }

  @Test
  void refusesMoreMetricsThanItKeeps() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    for (int i = 0; i <= Payload.MOST_METRICS; i++) {
      out.writeByteArray(2, new byte[] {0x10, 1, 0x50, 1});
    }
    out.flush();

    assertThat(refusal(profiles.published("spBv1.0/g/NDATA/n", bytes.toByteArray())).reason())
        .isEqualTo(RefusalReason.TOO_LARGE);
  }

  @Test
  void forgetsTheNodeThatWasSilentLongest() {
    EdgeNodes nodes = new EdgeNodes();
    nodes.born("first", List.of(metric("a")), null);
    for (int i = 0; i < 9; i++) {
      nodes.born("n" + i, List.of(metric("x".repeat(1_000_000))), null);
    }

    assertThat(nodes.named("first", 1)).isNull();
    assertThat(nodes.named("n8", 1)).isNotNull();
  }

  @Test
  void dataOfNodesThatWereNeverBornTakeNoMoreThanTheirShareAndPushOutNoBirth() {
    EdgeNodes nodes = new EdgeNodes();
    nodes.born("plant/node-1", List.of(metric("a")), null);
    int invented = 100_000;
    for (int i = 0; i < invented; i++) {
      nodes.expected("plant/invented-" + i, 1);
    }

    assertThat(nodes.size()).isLessThan((int) (HeapShare.BIRTHS.bytes() / 200)).isPositive();
    assertThat(nodes.size()).isLessThan(invented);
    assertThat(nodes.named("plant/node-1", 1)).isNotNull();
  }

  @Test
  void birthsOfInventedNodesWithoutMetricsTakeNoMoreThanTheirShare() {
    EdgeNodes nodes = new EdgeNodes();
    int invented = 100_000;
    for (int i = 0; i < invented; i++) {
      nodes.born("plant/invented-" + i, List.of(), null);
    }

    assertThat(nodes.size()).isLessThan((int) (HeapShare.BIRTHS.bytes() / 600)).isPositive();
  }

  @Test
  void keepsNoTextThatABirthGivesForItsNumber() throws IOException {
    profiles.published(
        NODE.formatted("NBIRTH"), bdSeq("s".repeat(1_000), 1, new byte[] {0x10, 1, 0x50, 1}));

    assertThat(types(profiles.published(NODE.formatted("NDEATH"), bdSeq("other", 0, new byte[0]))))
        .as("a text is no number of a session that could be an earlier one")
        .containsExactly("device.offline");
  }

  @Test
  void aMessageThatIsRefusedLeavesNothingBehind() throws IOException {
    ByteArrayOutputStream named = new ByteArrayOutputStream();
    CodedOutputStream metric = CodedOutputStream.newInstance(named);
    metric.writeString(1, "Temperature");
    metric.writeUInt64(2, 5);
    metric.flush();
    ByteArrayOutputStream birth = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(birth);
    out.writeByteArray(2, named.toByteArray());
    out.writeByteArray(2, new byte[] {0x50, 1});
    out.flush();
    assertThat(refusal(profiles.published(NODE.formatted("NBIRTH"), birth.toByteArray())).detail())
        .contains("neither a name nor an alias");
    assertThat(events(device("DDATA", "early")).getLast().values().byName())
        .containsOnlyKeys("alias-5");

    String other = "spBv1.0/plant/NDATA/node-2";
    assertThat(refusal(profiles.published(other, new byte[] {0x18, 9})).detail())
        .contains("finds nothing in it");
    assertThat(types(profiles.published(other, bytes("ndata"))))
        .as("the refused number counts for nothing")
        .containsExactly("measurement");
  }

  /** A payload with a sequence, a text as bdSeq, and another metric. */
  private static byte[] bdSeq(String value, int sequence, byte[] other) throws IOException {
    ByteArrayOutputStream metric = new ByteArrayOutputStream();
    CodedOutputStream in = CodedOutputStream.newInstance(metric);
    in.writeString(1, "bdSeq");
    in.writeString(15, value);
    in.flush();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeByteArray(2, metric.toByteArray());
    if (other.length > 0) {
      out.writeByteArray(2, other);
    }
    out.writeUInt64(3, sequence);
    out.flush();
    return bytes.toByteArray();
  }

  private static Metric metric(String name) {
    return new Metric(name, 1L, null, 0, false, null, false);
  }
}
