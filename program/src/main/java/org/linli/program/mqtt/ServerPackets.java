package org.linli.program.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that an MQTT server sends, as long as they suit a client that subscribes and publishes
 * at QoS 0 and 1. This stream tracks where packets begin (MQTT 5.0 section 2.1) and buffers none of
 * them. From the first refused packet on, every read throws {@link PacketRefusedException}: the
 * last byte of a remaining length that is too large, and the first byte of a packet of another
 * type, are not handed out. A read ends where a packet ends. For one thread.
 */
final class ServerPackets extends InputStream {

  private static final List<String> TYPES =
      List.of(
          "packet of type 0",
          "CONNECT",
          "CONNACK",
          "PUBLISH",
          "PUBACK",
          "PUBREC",
          "PUBREL",
          "PUBCOMP",
          "SUBSCRIBE",
          "SUBACK",
          "UNSUBSCRIBE",
          "UNSUBACK",
          "PINGREQ",
          "PINGRESP",
          "DISCONNECT",
          "AUTH");

  private static final int CONNACK = 2;
  private static final int PUBLISH = 3;
  private static final int PUBACK = 4;
  private static final int SUBACK = 9;
  private static final int UNSUBACK = 11;
  private static final int PINGRESP = 13;
  private static final int DISCONNECT = 14;
  private static final int MOST_LENGTH_BYTES = 4;
  private static final int BITS_OF_A_LENGTH_BYTE = 7;
  private static final int MORE = 0x80;

  private final InputStream in;
  private final long largest;
  private final String limitedBy;

  private Part part = Part.TYPE;
  private int type;
  private int lengthBytes;

  /** Bytes left of the body, as far as they are known. */
  private int left;

  private @Nullable String refused;

  /** The part of a packet that the next byte belongs to. */
  private enum Part {
    TYPE,
    LENGTH,
    BODY
  }

  /**
   * @param largest the largest whole packet accepted, in bytes (MQTT 5 Maximum Packet Size)
   * @param limitedBy what sets this limit, such as the name of a setting
   */
  ServerPackets(InputStream in, long largest, String limitedBy) {
    this.in = in;
    this.largest = largest;
    this.limitedBy = limitedBy;
  }

  @Override
  public int read() throws IOException {
    if (refused != null) {
      throw new PacketRefusedException(refused);
    }
    int next = in.read();
    if (next >= 0) {
      switch (part) {
        case TYPE -> beginsWith(next);
        case LENGTH -> lengthGoesOnWith(next);
        case BODY -> passed(1);
      }
    }
    return next;
  }

  @Override
  public int read(byte[] into, int from, int most) throws IOException {
    if (most > 0 && part != Part.BODY) {
      int next = read();
      if (next >= 0) {
        into[from] = (byte) next;
      }
      return next < 0 ? -1 : 1;
    }
    int count = in.read(into, from, Math.min(most, left));
    passed(Math.max(0, count));
    return count;
  }

  private void beginsWith(int first) throws PacketRefusedException {
    type = first >> 4;
    int qos = first >> 1 & 3;
    switch (type) {
      case CONNACK, PUBACK, SUBACK, UNSUBACK, PINGRESP, DISCONNECT -> {}
      case PUBLISH -> {
        if (qos > 1) {
          throw refuse(
              "it sent a PUBLISH of QoS %d; QoS 1 is the most that was asked for".formatted(qos));
        }
      }
      default ->
          throw refuse("it sent a %s, which nobody here waits for".formatted(TYPES.get(type)));
    }
    part = Part.LENGTH;
    lengthBytes = 0;
    left = 0;
  }

  private void lengthGoesOnWith(int next) throws PacketRefusedException {
    left |= (next & ~MORE) << BITS_OF_A_LENGTH_BYTE * lengthBytes;
    lengthBytes++;
    boolean ends = next < MORE;
    if (!ends && lengthBytes == MOST_LENGTH_BYTES) {
      throw refuse(
          "it sent a %s with a remaining length of more than %d bytes"
              .formatted(TYPES.get(type), MOST_LENGTH_BYTES));
    }
    long whole = 1L + lengthBytes + left;
    if (ends && whole > largest) {
      throw refuse(
          "it sent a %s of %d bytes; %d are taken at most (%s)"
              .formatted(TYPES.get(type), whole, largest, limitedBy));
    }
    if (ends) {
      part = left == 0 ? Part.TYPE : Part.BODY;
    }
  }

  private void passed(int count) {
    left -= count;
    if (part == Part.BODY && left == 0) {
      part = Part.TYPE;
    }
  }

  private PacketRefusedException refuse(String sentence) {
    refused = sentence;
    return new PacketRefusedException(sentence);
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
