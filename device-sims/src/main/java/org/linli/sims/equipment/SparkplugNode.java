package org.linli.sims.equipment;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.linli.event.Kind;
import org.linli.sims.link.Letter;
import org.linli.sims.link.Media;

/**
 * A Sparkplug B edge node with two devices (Eclipse Sparkplug specification 3.0, chapters 5 and 6):
 * births, data by alias, deaths, one sequence over all of them. It ends its session after a while
 * and begins a new one.
 */
final class SparkplugNode implements Dialect {

  private static final int DEVICES = 2;

  /** The messages of a session: births, data, and a death at the end. */
  private static final int SESSION = 50;

  private static final int TEMPERATURE_ALIAS = 5;
  private static final String MESSAGE = "Message";

  private final Piece piece;
  private int turn;
  private int sequence;
  private int session;

  SparkplugNode(Piece piece) {
    this.piece = piece;
  }

  @Override
  public Message next(Mark mark, Instant now) {
    int step = turn++ % SESSION;
    if (step == 0) {
      return birth(mark, now);
    }
    if (step <= DEVICES) {
      return deviceBirth(step, mark, now);
    }
    return switch (step) {
      case SESSION - 2 -> deviceDeath(now);
      case SESSION - 1 -> death(now);
      default -> data(step % (DEVICES + 1), mark, now);
    };
  }

  private Message birth(Mark mark, Instant now) {
    sequence = 0;
    Payload payload =
        new Payload(now)
            .metric(new Metric("bdSeq", 0).whole(Metric.INT64, session))
            .metric(new Metric("Node Control/Rebirth", 0).truth(false))
            .metric(new Metric(MESSAGE, 0).text(mark.text()));
    Expectation expectation = measured(0, mark).beside("device.online").perhaps("messages.missed");
    return message("NBIRTH", 0, payload, expectation);
  }

  private Message deviceBirth(int device, Mark mark, Instant now) {
    Payload payload =
        new Payload(now)
            .metric(new Metric("Temperature", alias(device)).real(piece.around(21, 2, 1)))
            .metric(new Metric(MESSAGE, 0).text(mark.text()));
    Expectation expectation =
        measured(device, mark).beside("device.online").perhaps("device.offline");
    return message("DBIRTH", device, payload, expectation);
  }

  private Message data(int device, Mark mark, Instant now) {
    Payload payload =
        new Payload(now)
            .metric(new Metric("", alias(device)).real(piece.around(21, 2, 1)))
            .metric(new Metric(MESSAGE, 0).text(mark.text()));
    return message(
        device == 0 ? "NDATA" : "DDATA",
        device,
        payload,
        measured(device, mark).perhaps(device == 0 ? "messages.missed" : "device.offline"));
  }

  private Message deviceDeath(Instant now) {
    return message(
        "DDEATH",
        DEVICES,
        new Payload(now),
        Expectation.unmarked(Kind.ENVIRONMENT, id(DEVICES)).beside("device.offline"));
  }

  /** The death message: without a sequence number (section 6.4.20), with that of the session. */
  private Message death(Instant now) {
    Payload payload = new Payload(now).metric(new Metric("bdSeq", 0).whole(Metric.INT64, session));
    session = (session + 1) % 256;
    return new Message(
        new Letter("spBv1.0/sims/NDEATH/" + piece.name(), Media.JSON, payload.bytes()),
        Expectation.unmarked(Kind.ENVIRONMENT, id(0)).beside("device.offline"));
  }

  private Message message(String type, int device, Payload payload, Expectation expectation) {
    payload.sequence(sequence);
    sequence = (sequence + 1) % 256;
    String of = device == 0 ? "" : "/sensor-" + device;
    return new Message(
        new Letter("spBv1.0/sims/" + type + "/" + piece.name() + of, Media.JSON, payload.bytes()),
        expectation);
  }

  private Expectation measured(int device, Mark mark) {
    return Expectation.byValue(Kind.ENVIRONMENT, id(device), "measurement", MESSAGE, mark.text());
  }

  private String id(int device) {
    return "sims:" + piece.name() + (device == 0 ? "" : ":sensor-" + device);
  }

  private static int alias(int device) {
    return TEMPERATURE_ALIAS + device;
  }

  /** The part of Protocol Buffers' wire format that these messages need. */
  private static class Wire {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(96);

    final byte[] bytes() {
      return out.toByteArray();
    }

    final void varint(int field, long value) {
      raw((long) field << 3);
      raw(value);
    }

    final void bytes(int field, byte[] value) {
      raw((long) field << 3 | 2);
      raw(value.length);
      out.writeBytes(value);
    }

    final void real(int field, float value) {
      raw((long) field << 3 | 5);
      out.writeBytes(
          ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
    }

    private void raw(long value) {
      long rest = value;
      while ((rest & ~0x7FL) != 0) {
        out.write((int) (rest & 0x7F | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }
  }

  /** {@code Payload} of sparkplug_b.proto. */
  private static final class Payload extends Wire {

    private final long millis;

    private Payload(Instant time) {
      millis = time.toEpochMilli();
      varint(1, millis);
    }

    private Payload metric(Metric metric) {
      metric.varint(3, millis);
      bytes(2, metric.bytes());
      return this;
    }

    private void sequence(int number) {
      varint(3, number);
    }
  }

  /** {@code Metric} of sparkplug_b.proto; types are those of section 6.4.16. */
  private static final class Metric extends Wire {

    private static final int INT64 = 4;
    private static final int FLOAT = 9;
    private static final int BOOLEAN = 11;
    private static final int STRING = 12;

    /**
     * @param name empty when the alias replaces it
     * @param alias 0 for none
     */
    private Metric(String name, int alias) {
      if (!name.isEmpty()) {
        bytes(1, name.getBytes(StandardCharsets.UTF_8));
      }
      if (alias > 0) {
        varint(2, alias);
      }
    }

    private Metric whole(int type, long value) {
      varint(4, type);
      varint(11, value);
      return this;
    }

    private Metric real(double value) {
      varint(4, FLOAT);
      real(12, (float) value);
      return this;
    }

    private Metric truth(boolean value) {
      varint(4, BOOLEAN);
      varint(14, value ? 1 : 0);
      return this;
    }

    private Metric text(String value) {
      varint(4, STRING);
      bytes(15, value.getBytes(StandardCharsets.UTF_8));
      return this;
    }
  }
}
