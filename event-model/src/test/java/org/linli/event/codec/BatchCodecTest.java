package org.linli.event.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.ByteString;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.linli.event.Batch;
import org.linli.event.EventId;
import org.linli.event.TakenEvent;
import org.linli.event.TestEvents;
import org.linli.event.Value;
import org.linli.event.Values;
import org.linli.event.codec.BatchCodec.Decoded;
import org.linli.event.codec.BatchCodec.Reason;
import org.linli.event.wire.BatchWire;
import org.linli.event.wire.ColumnsWire;

class BatchCodecTest {

  private static final long MEGABYTE = 1024 * 1024;

  @Test
  void readsAnEmptyBatchWhoseRowsWereAllShed() {
    Batch batch = TestEvents.batch(List.of());

    assertThat(BatchCodec.decode(BatchCodec.encode(batch))).isEqualTo(new Decoded.Read(batch));
  }

  @Test
  void refusesABombBeforeUnpackingIt() {
    byte[] bomb = Zstd.compress(new byte[64 * 1024 * 1024]);

    long before = allocated();
    Decoded decoded = BatchCodec.decode(bomb);

    assertThat(decoded)
        .isEqualTo(
            new Decoded.Refused(
                Reason.TOO_LARGE,
                "the batch unpacks to 67108864 bytes, at most 16777216 are allowed"));
    assertThat(allocated() - before).isLessThan(MEGABYTE);
  }

  @Test
  void refusesABatchOfANewerVersionWithoutReadingOn() {
    byte[] newer = {BatchWire.Batch.VERSION_FIELD_NUMBER << 3, 2, 0x7F, 0x7F};

    assertThat(BatchCodec.decode(BatchCodecPropertyTest.pack(newer)))
        .isEqualTo(
            new Decoded.Refused(
                Reason.NEWER_VERSION,
                "the batch has version 2, this hub reads version 1; bring the hub up to date"));
  }

  @Test
  void passesOverFieldsThatWereAddedToTheBatch() {
    Batch batch = TestEvents.batch(List.of());
    byte[] more = {(byte) 0xF8, 0x7F, 1, (byte) 0xFA, 0x7F, 2, 9, 9};

    assertThat(decode(batch, message -> append(message, more))).isEqualTo(new Decoded.Read(batch));
  }

  @Test
  void refusesWhatIsNotOneZstdFrame() {
    byte[] good = BatchCodec.encode(TestEvents.batch(List.of()));
    byte[] two = new byte[good.length * 2];
    System.arraycopy(good, 0, two, 0, good.length);
    System.arraycopy(good, 0, two, good.length, good.length);

    assertThat(reason(BatchCodec.decode(new byte[0]))).isEqualTo(Reason.NOT_ZSTD);
    assertThat(reason(BatchCodec.decode(two))).isEqualTo(Reason.NOT_ZSTD);
    assertThat(reason(BatchCodec.decode("{\"type\":1}".getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(Reason.NOT_ZSTD);
    good[good.length - 1] ^= 1;
    assertThat(BatchCodec.decode(good))
        .isEqualTo(
            new Decoded.Refused(
                Reason.NOT_ZSTD,
                "the zstd frame is damaged: Restored data doesn't match checksum"));
  }

  static Stream<Arguments> brokenMessages() {
    return Stream.of(
        broken("gateway id is empty", BatchWire.Batch.Builder::clearGateway),
        broken("gateway id has character U+002F", batch -> batch.setGateway("a/b")),
        broken("epoch 0 and sequences", BatchWire.Batch.Builder::clearEpoch),
        broken("must count from 1 and rise", batch -> batch.setLast(1)),
        broken("lane is 0", BatchWire.Batch.Builder::clearLane),
        broken("lane is 9", batch -> batch.setLaneValue(9)),
        broken(
            "before has 3 bytes where 16",
            batch -> batch.setBefore(ByteString.copyFromUtf8("abc"))),
        broken("digest has 0 bytes where 16", BatchWire.Batch.Builder::clearDigest),
        broken("counts cannot be negative", batch -> batch.setTakenTotal(-1)),
        broken("events is missing", BatchWire.Batch.Builder::clearEvents),
        broken(
            "shed sequences must count from 1",
            batch -> batch.addShed(BatchWire.ShedRange.getDefaultInstance())),
        broken(
            "a shed range names d twice",
            batch ->
                batch.addShed(
                    BatchWire.ShedRange.newBuilder()
                        .setFirst(1)
                        .setLast(1)
                        .addDevices("d")
                        .addDevices("d")
                        .addCounts(1)
                        .addCounts(1))),
        broken(
            "shed counts has 1 bytes too many",
            batch ->
                batch.addShed(
                    BatchWire.ShedRange.newBuilder()
                        .setFirst(1)
                        .setLast(1)
                        .addDevices("d")
                        .addCounts(1)
                        .addCounts(1))),
        brokenEvents("count says 20001 where at most 20000", events -> events.setCount(20_001)),
        brokenEvents("device ends in the middle", events -> events.setCount(3)),
        brokenEvents("device has 1 bytes too many", events -> events.setCount(1)),
        brokenEvents("device says 7 where at most 1", events -> events.setDevice(0, 7)),
        brokenEvents("shape says 9 where at most 2", events -> events.setShape(0, 9)),
        brokenEvents("has the shape of the event before", events -> events.setShape(0, 0)),
        brokenEvents(
            "device 1: device id has character U+002F",
            events -> events.getDeviceAffixesBuilder(0).setText("/")),
        brokenEvents(
            "an affix of form COUNTED has width 0",
            events -> events.getDeviceAffixesBuilder(0).setWidth(0)),
        brokenEvents(
            "the width of an affix says 19",
            events -> events.getDeviceAffixesBuilder(0).setWidth(19)),
        brokenEvents("has the number -5", events -> events.setDeviceNumber(0, -5)),
        brokenEvents("event 2: order numbers count from 1", events -> events.setDeviceOrder(1, -9)),
        brokenEvents(
            "a time must lie in the years", events -> events.setFirstTakenAt(Long.MAX_VALUE)),
        brokenEvents("a shape has kind 0", events -> events.getShapesBuilder(0).clearKind()),
        brokenEvents(
            "a shape: type is not words", events -> events.getShapesBuilder(0).setType("A")),
        brokenEvents("has column 5 of 4", events -> events.getShapesBuilder(0).setColumns(0, 5)),
        brokenEvents("has the key value twice", events -> events.getShapesBuilder(0).addColumns(0)),
        brokenEvents(
            "the name of a value has character U+0020",
            events -> events.getColumnsBuilder(0).setKey("a b")),
        brokenEvents("a column has form 0", events -> events.getColumnsBuilder(0).clearForm()),
        brokenEvents(
            "numbers of value ends in the middle",
            events -> events.getColumnsBuilder(0).clearNumbers()),
        brokenEvents(
            "numbers of value has 1 bytes too many",
            events -> events.getColumnsBuilder(0).addNumbers(1)),
        brokenEvents(
            "the scale of a column says 10", events -> events.getColumnsBuilder(1).setScale(10)),
        brokenEvents(
            "raw of real has 3 bytes",
            events -> events.getColumnsBuilder(1).setRaw(ByteString.copyFromUtf8("abc"))),
        brokenEvents(
            "a number of real is NaN",
            events ->
                events
                    .getColumnsBuilder(1)
                    .clearNumbers()
                    .setRaw(ByteString.copyFrom(new byte[] {-1, -16, 0, 0, 0, 0, 0, 0}))),
        brokenEvents(
            "bits of open ends too early", events -> events.getColumnsBuilder(2).clearBits()),
        brokenEvents(
            "text_index of text says 3", events -> events.getColumnsBuilder(3).setTextIndex(0, 3)),
        brokenEvents("texts ends too early", ColumnsWire.Columns.Builder::clearTexts),
        brokenEvents("text 1: a string has 1025", events -> events.setTexts(0, "t".repeat(1025))),
        brokenEvents("texts has more texts", events -> events.addTexts("more")),
        brokenEvents("id_affixes is empty", ColumnsWire.Columns.Builder::clearIdAffixes),
        brokenEvents("id_texts ends too early", ColumnsWire.Columns.Builder::clearIdTexts),
        brokenEvents("event 2: id starts with ~", events -> events.setIdTexts(0, "~x")),
        brokenEvents("id_texts has more texts", events -> events.addIdTexts("more")),
        brokenEvents("device_time_at says 9", events -> events.addDeviceTimeAt(9)),
        brokenEvents(
            "device_time_delay has 1 bytes too many", events -> events.addDeviceTimeDelay(9)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenMessages")
  void refusesWhatContradictsItselfAndNamesTheField(
      String because, Consumer<BatchWire.Batch.Builder> change) throws Exception {
    BatchWire.Batch.Builder message =
        BatchWire.Batch.parseFrom(
            BatchCodecPropertyTest.unpack(BatchCodec.encode(TestEvents.batch(twoEvents()))))
            .toBuilder();
    change.accept(message);

    Decoded decoded = BatchCodec.decode(BatchCodecPropertyTest.pack(message.build().toByteArray()));

    assertThat(reason(decoded)).isEqualTo(Reason.INCONSISTENT);
    assertThat(((Decoded.Refused) decoded).detail()).contains(because);
  }

  /** Every list that a message can hold, as long as the limit on its size allows. */
  @Test
  void refusesEndlessListsWithoutFillingTheHeap() {
    for (int field : new int[] {2, 7, 15, 18, 19, 20}) {
      assertThat(decodeWithin(200 * MEGABYTE, repeated(field, 8_000_000)))
          .as("events field %d", field)
          .isInstanceOf(Decoded.Refused.class);
    }
    assertThat(decodeWithin(200 * MEGABYTE, append(header(), emptyFields(11, 8_000_000))))
        .isInstanceOf(Decoded.Refused.class);
  }

  @Test
  void refusesMoreValuesThanABatchMayCarryThoughTheyTakeNoRoom() {
    ColumnsWire.Columns.Builder events = ColumnsWire.Columns.newBuilder().setCount(20_000);
    ColumnsWire.Shape.Builder shape =
        ColumnsWire.Shape.newBuilder().setKind(ColumnsWire.Kind.KIND_CARE).setType("a");
    for (int i = 0; i < 11; i++) {
      shape.addColumns(i);
      events.addColumns(
          ColumnsWire.Column.newBuilder()
              .setKey("k" + i)
              .setForm(ColumnsWire.Column.Form.FORM_TRUTH)
              .setBits(ByteString.copyFrom(new byte[2500])));
    }
    events
        .addShapes(shape)
        .addAllShape(Collections.nCopies(20_000, 1))
        .addAllDevice(Collections.nCopies(20_000, 0))
        .addDeviceAffixes(
            ColumnsWire.Affix.newBuilder().setForm(ColumnsWire.Affix.Form.FORM_TEXT).setText("d"))
        .addDeviceAffix(0)
        .addDeviceOrder(1)
        .addIdAffixes(ColumnsWire.Affix.getDefaultInstance());

    assertThat(
            decodeWithin(20 * MEGABYTE, append(header(), nested(12, events.build().toByteArray()))))
        .isEqualTo(
            new Decoded.Refused(
                Reason.INCONSISTENT, "the events have more than 200000 values together"));
  }

  @Test
  void encodesNothingThatItWouldNotRead() {
    Map<String, Value> big = new LinkedHashMap<>();
    for (int i = 0; i < 100; i++) {
      big.put("k" + i, new Value.Text("%04d".formatted(i) + "x".repeat(1000)));
    }
    List<TakenEvent> events = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      big.put("k0", new Value.Text(i + "y".repeat(1000)));
      Map<String, Value> other = new LinkedHashMap<>();
      for (Map.Entry<String, Value> one : big.entrySet()) {
        other.put(
            one.getKey(),
            one.getValue() instanceof Value.Text(String text)
                ? new Value.Text(i + text)
                : one.getValue());
      }
      events.add(TestEvents.event("d", i + 1, null, new Values(other)));
    }

    assertThatThrownBy(() -> BatchCodec.encode(TestEvents.batch(events)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("a batch has \\d+ bytes before compression, at most 16777216.*");
    assertThatThrownBy(() -> EventColumns.encode(Collections.nCopies(20_001, events.getFirst())))
        .hasMessageContaining("20001 events, at most 20000");
    assertThatThrownBy(() -> EventColumns.encode(Collections.nCopies(2_001, events.getFirst())))
        .hasMessageContaining("200100 values, at most 200000");
  }

  private static List<TakenEvent> twoEvents() {
    Map<String, Value> values = new LinkedHashMap<>();
    values.put("value", new Value.Whole(40));
    values.put("real", new Value.Real(20.5));
    values.put("open", new Value.Truth(true));
    values.put("text", new Value.Text("abc"));
    return List.of(
        TestEvents.event("d-4", 5, new EventId("a-6"), new Values(values)),
        TestEvents.event("d-5", 2, new EventId("six"), Values.NONE));
  }

  private static Arguments broken(String because, Consumer<BatchWire.Batch.Builder> change) {
    return Arguments.of(because, change);
  }

  private static Arguments brokenEvents(
      String because, Consumer<ColumnsWire.Columns.Builder> change) {
    return broken(because, batch -> change.accept(batch.getEventsBuilder()));
  }

  private static Reason reason(Decoded decoded) {
    assertThat(decoded).isInstanceOf(Decoded.Refused.class);
    return ((Decoded.Refused) decoded).reason();
  }

  private static Decoded decode(Batch batch, UnaryOperator<byte[]> change) {
    return BatchCodec.decode(
        BatchCodecPropertyTest.pack(
            change.apply(BatchCodecPropertyTest.unpack(BatchCodec.encode(batch)))));
  }

  private static Decoded decodeWithin(long bytes, byte[] content) {
    byte[] packed = BatchCodecPropertyTest.pack(content);
    long before = allocated();
    Decoded decoded = BatchCodec.decode(packed);
    assertThat(allocated() - before).isLessThan(bytes);
    return decoded;
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  private static byte[] header() {
    return BatchWire.Batch.newBuilder()
        .setVersion(1)
        .setGateway("g")
        .setEpoch(1)
        .setLane(BatchWire.Lane.LANE_BULK)
        .setFirst(1)
        .setLast(1)
        .setBefore(ByteString.copyFrom(new byte[16]))
        .setDigest(ByteString.copyFrom(new byte[16]))
        .build()
        .toByteArray();
  }

  private static byte[] repeated(int field, int count) {
    return append(header(), nested(12, emptyFields(field, count)));
  }

  private static byte[] emptyFields(int field, int count) {
    WireBuffer fields = new WireBuffer(3 * count);
    for (int i = 0; i < count * 3 / 4 && fields.size() < 15 * MEGABYTE; i++) {
      fields.text(field, "", false);
    }
    return fields.toByteArray();
  }

  private static byte[] nested(int field, byte[] content) {
    WireBuffer buffer = new WireBuffer(content.length + 16);
    buffer.bytes(field, content);
    return buffer.toByteArray();
  }

  private static byte[] append(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
