package org.linli.event.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.linli.event.Batch;
import org.linli.event.EventArbitraries;
import org.linli.event.TakenEvent;
import org.linli.event.TestEvents;
import org.linli.event.Value;
import org.linli.event.codec.BatchCodec.Decoded;
import org.linli.event.wire.BatchWire;
import org.linli.event.wire.ColumnsWire;

class BatchCodecPropertyTest {

  @Property(tries = 150)
  void anyBatchSurvivesTheRoundTrip(@ForAll("batches") Batch batch) {
    Batch read = read(BatchCodec.encode(batch));

    assertThat(read).isEqualTo(batch);
    for (int i = 0; i < batch.events().size(); i++) {
      assertThat(keys(read, i)).isEqualTo(keys(batch, i));
    }
  }

  @Property(tries = 150)
  void anyOutboxRowSurvivesTheRoundTrip(@ForAll("events") List<TakenEvent> events) {
    assertThat(EventColumns.decode(EventColumns.encode(events))).isEqualTo(events);
  }

  @Property(tries = 150)
  void anyDoubleSurvivesBitByBit(@ForAll @Size(max = 30) List<Double> numbers) {
    List<TakenEvent> events = new ArrayList<>();
    List<Long> bits = new ArrayList<>();
    for (double number : numbers) {
      if (Double.isFinite(number)) {
        events.add(TestEvents.measured("s-1", events.size() + 1, new Value.Real(number)));
        bits.add(Double.doubleToRawLongBits(number));
      }
    }

    assertThat(EventColumns.decode(EventColumns.encode(events)))
        .extracting(TestEvents::measuredBits)
        .isEqualTo(bits);
  }

  @Property(tries = 80)
  void theSchemaSaysWhatIsWritten(@ForAll("batches") Batch batch)
      throws InvalidProtocolBufferException {
    byte[] unpacked = unpack(BatchCodec.encode(batch));
    BatchWire.Batch message = BatchWire.Batch.parseFrom(unpacked);

    assertThat(message.getUnknownFields().asMap()).isEmpty();
    assertThat(message.toByteArray()).hasSize(unpacked.length);
    assertThat(message.getVersion()).isEqualTo(1);
    assertThat(message.getGateway()).isEqualTo(batch.gateway().value());
    assertThat(message.getLast()).isEqualTo(batch.last());
    ColumnsWire.Columns columns = message.getEvents();
    assertThat(columns.getUnknownFields().asMap()).isEmpty();
    assertThat(columns.getCount()).isEqualTo(batch.events().size());
    assertThat(columns.getDeviceList()).hasSameSizeAs(batch.events());
  }

  @Property(tries = 800)
  void arbitraryBytesAreRefused(@ForAll byte[] bytes) {
    assertThat(BatchCodec.decode(bytes)).isInstanceOf(Decoded.Refused.class);
  }

  @Property(tries = 800)
  void arbitraryContentIsRefusedWithASentence(@ForAll byte[] content) {
    Decoded decoded = BatchCodec.decode(pack(content));

    assertThat(decoded).isInstanceOf(Decoded.Refused.class);
    assertThat(((Decoded.Refused) decoded).detail()).isNotBlank();
  }

  @Property(tries = 150)
  void aFlippedBitIsFound(@ForAll("batches") Batch batch, @ForAll @IntRange(min = 0) int which) {
    byte[] bytes = BatchCodec.encode(batch);
    int bit = which % (bytes.length * 8);
    bytes[bit / 8] ^= (byte) (1 << bit % 8);

    switch (BatchCodec.decode(bytes)) {
      case Decoded.Refused _ -> {}
      // Some bits of a zstd frame say nothing, such as the reserved ones of a window's size.
      case Decoded.Read(Batch read) -> assertThat(read).isEqualTo(batch);
    }
  }

  @Property(tries = 150)
  void aTruncatedBatchIsRefused(
      @ForAll("batches") Batch batch, @ForAll @IntRange(min = 0) int which) {
    byte[] bytes = BatchCodec.encode(batch);

    assertThat(BatchCodec.decode(Arrays.copyOf(bytes, which % bytes.length)))
        .isInstanceOf(Decoded.Refused.class);
  }

  /**
   * What a careless writer or a hostile one sends: valid zstd around a message that is not quite
   * right.
   */
  @Property(tries = 150)
  void changedContentNeverThrows(
      @ForAll("batches") Batch batch, @ForAll("changes") List<Integer> changes) {
    byte[] good = unpack(BatchCodec.encode(batch));
    for (int change : changes) {
      byte[] content = good.clone();
      content[Math.floorMod(change >> 8, content.length)] = (byte) change;

      assertThat(BatchCodec.decode(pack(content))).isNotNull();
    }
  }

  @Property(tries = 150)
  void shortenedContentNeverThrows(
      @ForAll("batches") Batch batch, @ForAll @IntRange(min = 0) int which) {
    byte[] content = unpack(BatchCodec.encode(batch));

    assertThat(BatchCodec.decode(pack(Arrays.copyOf(content, which % content.length))))
        .isInstanceOf(Decoded.Refused.class);
  }

  @Provide
  Arbitrary<Batch> batches() {
    return EventArbitraries.batches();
  }

  @Provide
  Arbitrary<List<TakenEvent>> events() {
    return EventArbitraries.takenEvents(60);
  }

  @Provide
  Arbitrary<List<Integer>> changes() {
    return Arbitraries.integers().list().ofSize(20);
  }

  private static List<String> keys(Batch batch, int event) {
    return List.copyOf(batch.events().get(event).event().values().byName().keySet());
  }

  private static Batch read(byte[] bytes) {
    return switch (BatchCodec.decode(bytes)) {
      case Decoded.Read(Batch batch) -> batch;
      case Decoded.Refused refused -> fail("refused: " + refused);
    };
  }

  static byte[] unpack(byte[] bytes) {
    return Zstd.decompress(bytes, (int) Zstd.getFrameContentSize(bytes));
  }

  static byte[] pack(byte[] content) {
    try (ZstdCompressCtx zstd = new ZstdCompressCtx()) {
      return zstd.setChecksum(true).setContentSize(true).compress(content);
    }
  }
}
