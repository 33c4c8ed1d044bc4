package org.linli.sims.hostile;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.linli.event.Batch;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.Digest;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.LaneLedger;
import org.linli.event.TakenEvent;
import org.linli.event.Value;
import org.linli.event.Values;
import org.linli.event.codec.BatchCodec;

/**
 * What a hostile gateway sends (docs/protocol.md). Most of it is written here field by field,
 * because the gateway's own code cannot write it.
 */
final class Frames {

  /** The limit of an unpacked batch, in bytes. */
  private static final int MOST_UNPACKED = 16 * 1024 * 1024;

  private static final int BULK = 2;
  private static final int DAYS = 20_000;
  private static final int NUMBER = 0;
  private static final int BYTES = 2;

  private Frames() {}

  /** This many zeros, in one frame that states their number. */
  static byte[] bomb(int bytes) {
    return packed(new byte[bytes]);
  }

  /** A batch of the largest allowed size, filled with an unknown field that the reader skips. */
  static byte[] paddedBatch(String gateway, long epoch) {
    Message batch = batch(gateway, epoch, 1);
    batch.bytes(12, new byte[] {8, 0});
    batch.bytes(99, new byte[MOST_UNPACKED - 1_024]);
    return packed(batch.toByteArray());
  }

  /** As many devices with lost events as a batch may name. */
  static byte[] manyLost(String gateway, long epoch, String name) {
    Message batch = batch(gateway, epoch, 1_000_000);
    Message range = new Message();
    range.number(1, 1);
    range.number(2, 1);
    Message counts = new Message();
    for (int i = 0; i < 60_000; i++) {
      range.text(3, name + i);
      counts.varint(1);
    }
    range.bytes(4, counts.toByteArray());
    batch.bytes(11, range.toByteArray());
    batch.bytes(12, new byte[] {8, 0});
    return packed(batch.toByteArray());
  }

  /** Two devices with the largest possible counts of lost events. */
  static byte[] endlessLost(String gateway, long epoch, String name) {
    Message batch = batch(gateway, epoch, Long.MAX_VALUE);
    Message range = new Message();
    range.number(1, 1);
    range.number(2, 1);
    range.text(3, name + "a");
    range.text(3, name + "b");
    Message counts = new Message();
    counts.varint(Long.MAX_VALUE);
    counts.varint(Long.MAX_VALUE);
    range.bytes(4, counts.toByteArray());
    batch.bytes(11, range.toByteArray());
    batch.bytes(12, new byte[] {8, 0});
    return packed(batch.toByteArray());
  }

  /** Events that each lie on another day, over half a century from {@code from}. */
  static byte[] everyDay(String gateway, long epoch, String name, Instant from) {
    List<TakenEvent> events = new ArrayList<>();
    for (int i = 0; i < DAYS; i++) {
      Instant at = from.plus(Duration.ofDays(i));
      events.add(
          new TakenEvent(
              i + 1,
              new DeviceEvent(
                  new DeviceId(name),
                  Kind.ACCESS,
                  EventType.MEASUREMENT,
                  null,
                  at,
                  null,
                  at,
                  new Values(Map.of("day", new Value.Whole(i))))));
    }
    return BatchCodec.encode(
        new Batch(
            new GatewayId(gateway),
            epoch,
            Lane.BULK,
            1,
            1,
            Digest.NONE,
            digest(),
            new LaneLedger(DAYS, 0),
            List.of(),
            events));
  }

  private static Message batch(String gateway, long epoch, long taken) {
    Message batch = new Message();
    batch.number(1, 1);
    batch.text(2, gateway);
    batch.number(3, epoch);
    batch.number(4, BULK);
    batch.number(5, 1);
    batch.number(6, 1);
    batch.bytes(7, new byte[Digest.LENGTH]);
    batch.bytes(8, digest().bytes());
    batch.number(9, taken);
    batch.number(10, taken);
    return batch;
  }

  private static Digest digest() {
    return new Digest(ByteBuffer.allocate(Digest.LENGTH).putLong(1).putLong(1).array());
  }

  private static byte[] packed(byte[] message) {
    try (ZstdCompressCtx zstd = new ZstdCompressCtx()) {
      return zstd.setChecksum(true).setContentSize(true).compress(message);
    }
  }

  /** A Protocol Buffers message. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private void number(int field, long number) {
      varint((long) field << 3 | NUMBER);
      varint(number);
    }

    private void text(int field, String text) {
      bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    private void bytes(int field, byte[] bytes) {
      varint((long) field << 3 | BYTES);
      varint(bytes.length);
      out.writeBytes(bytes);
    }

    private void varint(long number) {
      long rest = number;
      do {
        int seven = (int) (rest & 0x7F);
        rest >>>= 7;
        out.write(rest != 0 ? seven | 0x80 : seven);
      } while (rest != 0);
    }

    private byte[] toByteArray() {
      return out.toByteArray();
    }
  }
}
