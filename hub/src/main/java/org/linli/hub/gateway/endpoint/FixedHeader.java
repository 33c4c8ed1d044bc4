package org.linli.hub.gateway.endpoint;

import io.netty.buffer.ByteBuf;

/** The fixed header of one MQTT packet (MQTT 5 section 2.1), as far as it has arrived. */
final class FixedHeader {

  private static final int LONGEST = 5;
  private static final int MORE = 0x80;
  private static final int BITS = 0x7F;
  private static final int CONNECT = 1;
  private static final int PUBLISH = 3;
  private static final int QOS = 0x06;

  private final byte[] bytes = new byte[LONGEST];
  private int length;

  /** Adds the next byte. To be called only while it is neither complete nor too long. */
  void add(byte next) {
    bytes[length++] = next;
  }

  /** Forgets what has arrived. */
  void clear() {
    length = 0;
  }

  /** How many bytes have arrived. */
  int length() {
    return length;
  }

  /** Whether the length of the packet is known. */
  boolean isComplete() {
    return length > 1 && (bytes[length - 1] & MORE) == 0;
  }

  /** Whether it has as many bytes as it may have, and another would have to follow. */
  boolean isTooLong() {
    return length == LONGEST && !isComplete();
  }

  boolean isConnect() {
    return type() == CONNECT;
  }

  boolean isPublish() {
    return type() == PUBLISH;
  }

  private int type() {
    return (bytes[0] & 0xF0) >> 4;
  }

  /** How many bytes of the packet follow. */
  int remaining() {
    int remaining = 0;
    for (int i = 1; i < length; i++) {
      remaining |= (bytes[i] & BITS) << 7 * (i - 1);
    }
    return remaining;
  }

  void writeTo(ByteBuf packet) {
    packet.writeBytes(bytes, 0, length);
  }

  /**
   * Returns how many bytes a PUBLISH has before its payload; too few if it is malformed.
   *
   * @param packet with this header
   */
  int headOf(ByteBuf packet) {
    int start = length;
    int end = packet.writerIndex();
    if (end - start < Short.BYTES) {
      return 0;
    }
    int at = start + Short.BYTES + packet.getUnsignedShort(start);
    at += (bytes[0] & QOS) == 0 ? 0 : Short.BYTES;
    int properties = 0;
    int shift = 0;
    boolean more = true;
    while (more && at < end && shift < 4 * 7) {
      int next = packet.getByte(at++);
      properties |= (next & BITS) << shift;
      shift += 7;
      more = (next & MORE) != 0;
    }
    return at - start + properties;
  }
}
