package org.linli.event.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.event.Batch;
import org.linli.event.DeviceId;
import org.linli.event.Digest;
import org.linli.event.GatewayId;
import org.linli.event.LaneLedger;
import org.linli.event.ShedRange;
import org.linli.event.TakenEvent;
import org.linli.event.codec.BatchCodec.Decoded;
import org.linli.event.codec.BatchCodec.Reason;
import org.linli.event.wire.BatchWire;

/** The Protocol Buffers message of a batch, before compression. */
final class BatchMessage {

  static final int VERSION = 1;

  private final WireCursor message;
  private String gateway = "";
  private long epoch;
  private long lane;
  private long first;
  private long last;
  private byte[] before = {};
  private byte[] digest = {};
  private long taken;
  private long shed;
  private int shedCounts;
  private final List<ShedRange> ranges = new ArrayList<>();
  private @Nullable List<TakenEvent> events;

  private BatchMessage(WireCursor message) {
    this.message = message;
  }

  static byte[] write(Batch batch) {
    WireBuffer events = ColumnsWriter.write(batch.events());
    WireBuffer message = new WireBuffer(events.size() + 256);
    message.number(BatchWire.Batch.VERSION_FIELD_NUMBER, VERSION);
    message.text(BatchWire.Batch.GATEWAY_FIELD_NUMBER, batch.gateway().value(), false);
    message.number(BatchWire.Batch.EPOCH_FIELD_NUMBER, batch.epoch());
    message.number(BatchWire.Batch.LANE_FIELD_NUMBER, WireLane.number(batch.lane()));
    message.number(BatchWire.Batch.FIRST_FIELD_NUMBER, batch.first());
    message.number(BatchWire.Batch.LAST_FIELD_NUMBER, batch.last());
    message.bytes(BatchWire.Batch.BEFORE_FIELD_NUMBER, batch.before().bytes());
    message.bytes(BatchWire.Batch.DIGEST_FIELD_NUMBER, batch.digest().bytes());
    message.number(BatchWire.Batch.TAKEN_TOTAL_FIELD_NUMBER, batch.ledger().taken());
    message.number(BatchWire.Batch.SHED_TOTAL_FIELD_NUMBER, batch.ledger().shed());
    for (ShedRange range : batch.shed()) {
      message.nested(BatchWire.Batch.SHED_FIELD_NUMBER, write(range));
    }
    message.nested(BatchWire.Batch.EVENTS_FIELD_NUMBER, events);
    return message.toByteArray();
  }

  private static WireBuffer write(ShedRange range) {
    WireBuffer written = new WireBuffer(64);
    WireBuffer counts = new WireBuffer(32);
    written.number(BatchWire.ShedRange.FIRST_FIELD_NUMBER, range.first());
    written.number(BatchWire.ShedRange.LAST_FIELD_NUMBER, range.last());
    range
        .eventsByDevice()
        .forEach(
            (device, count) -> {
              written.text(BatchWire.ShedRange.DEVICES_FIELD_NUMBER, device.value(), false);
              counts.varint(count);
            });
    written.column(BatchWire.ShedRange.COUNTS_FIELD_NUMBER, counts);
    return written;
  }

  static Decoded read(byte[] bytes) {
    WireCursor message = new WireCursor("the batch", bytes);
    try {
      if (message.field() != BatchWire.Batch.VERSION_FIELD_NUMBER) {
        return new Decoded.Refused(Reason.NOT_PROTOBUF, "the batch does not begin with a version");
      }
      long version = message.number("version");
      if (version == 0) {
        return new Decoded.Refused(Reason.INCONSISTENT, "version is 0");
      }
      if (version != VERSION) {
        return new Decoded.Refused(
            Reason.NEWER_VERSION,
            "the batch has version %s, this hub reads version %d; bring the hub up to date"
                .formatted(Long.toUnsignedString(version), VERSION));
      }
    } catch (MalformedException malformed) {
      return new Decoded.Refused(Reason.NOT_PROTOBUF, malformed.sentence());
    }
    try {
      return new Decoded.Read(new BatchMessage(message).read());
    } catch (MalformedException malformed) {
      return new Decoded.Refused(Reason.INCONSISTENT, malformed.sentence());
    } catch (IllegalArgumentException broken) {
      return new Decoded.Refused(Reason.INCONSISTENT, String.valueOf(broken.getMessage()));
    }
  }

  private Batch read() throws MalformedException {
    while (!message.atEnd()) {
      readField();
    }
    if (events == null) {
      throw new MalformedException("events is missing");
    }
    return new Batch(
        new GatewayId(gateway),
        epoch,
        WireLane.of(lane),
        first,
        last,
        digest("before", before),
        digest("digest", digest),
        new LaneLedger(taken, shed),
        ranges,
        events);
  }

  private void readField() throws MalformedException {
    switch (message.field()) {
      case BatchWire.Batch.GATEWAY_FIELD_NUMBER -> gateway = message.text("gateway");
      case BatchWire.Batch.EPOCH_FIELD_NUMBER -> epoch = message.number("epoch");
      case BatchWire.Batch.LANE_FIELD_NUMBER -> lane = message.number("lane");
      case BatchWire.Batch.FIRST_FIELD_NUMBER -> first = message.number("first");
      case BatchWire.Batch.LAST_FIELD_NUMBER -> last = message.number("last");
      case BatchWire.Batch.BEFORE_FIELD_NUMBER -> before = message.bytes("before");
      case BatchWire.Batch.DIGEST_FIELD_NUMBER -> digest = message.bytes("digest");
      case BatchWire.Batch.TAKEN_TOTAL_FIELD_NUMBER -> taken = message.number("taken_total");
      case BatchWire.Batch.SHED_TOTAL_FIELD_NUMBER -> shed = message.number("shed_total");
      case BatchWire.Batch.SHED_FIELD_NUMBER -> ranges.add(readRange(message.nested("shed")));
      case BatchWire.Batch.EVENTS_FIELD_NUMBER -> {
        if (events != null) {
          throw new MalformedException("events comes twice");
        }
        events = ColumnsReader.read(message.nested("events"));
      }
      default -> message.skip();
    }
  }

  private ShedRange readRange(WireCursor range) throws MalformedException {
    long rangeFirst = 0;
    long rangeLast = 0;
    List<DeviceId> devices = new ArrayList<>();
    WireCursor counts = WireCursor.empty("shed counts");
    countShed();
    while (!range.atEnd()) {
      switch (range.field()) {
        case BatchWire.ShedRange.FIRST_FIELD_NUMBER -> rangeFirst = range.number("shed first");
        case BatchWire.ShedRange.LAST_FIELD_NUMBER -> rangeLast = range.number("shed last");
        case BatchWire.ShedRange.DEVICES_FIELD_NUMBER -> {
          countShed();
          devices.add(new DeviceId(range.text("shed devices")));
        }
        case BatchWire.ShedRange.COUNTS_FIELD_NUMBER -> counts = range.nested("shed counts");
        default -> range.skip();
      }
    }
    Map<DeviceId, Long> byDevice = LinkedHashMap.newLinkedHashMap(devices.size());
    for (DeviceId device : devices) {
      if (byDevice.put(device, counts.varint()) != null) {
        throw new MalformedException("a shed range names " + device + " twice");
      }
    }
    counts.expectEnd();
    return new ShedRange(rangeFirst, rangeLast, byDevice);
  }

  private void countShed() throws MalformedException {
    if (++shedCounts > Batch.MAX_SHED_COUNTS) {
      throw new MalformedException(
          "shed has more than " + Batch.MAX_SHED_COUNTS + " counts of lost events");
    }
  }

  private static Digest digest(String name, byte[] bytes) throws MalformedException {
    if (bytes.length != Digest.LENGTH) {
      throw new MalformedException(
          "%s has %d bytes where %d are due".formatted(name, bytes.length, Digest.LENGTH));
    }
    return new Digest(bytes);
  }
}
