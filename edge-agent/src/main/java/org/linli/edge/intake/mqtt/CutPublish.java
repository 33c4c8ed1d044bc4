package org.linli.edge.intake.mqtt;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.TextCutter;

/**
 * A PUBLISH of MQTT 3.1.1 that is larger than allowed, whose pictures in base64 are cut while it
 * comes in (decision 0058). A client of MQTT 5 was told the limit. For one event loop.
 */
final class CutPublish {

  /** Of the bytes after a packet's length; more than any camera sends. */
  static final int MOST = 32 << 20;

  private static final int QOS = 0b110;
  private static final int BITS = 7;
  private static final int CONTINUES = 0x80;

  private final byte first;
  private final int rest;
  private final int limit;
  private int left;

  /** Topic and packet id, as far as they have come. */
  private byte[] head;

  private int headCome;
  private boolean isLengthKnown;
  private boolean fitsNot;
  private @Nullable TextCutter payload;

  /**
   * @param rest the bytes after its length
   * @param limit of what is kept of them
   */
  CutPublish(byte first, int rest, int limit) {
    this.first = first;
    this.rest = rest;
    this.limit = limit;
    this.left = rest;
    this.head = new byte[Short.BYTES];
  }

  byte first() {
    return first;
  }

  int rest() {
    return rest;
  }

  /** Bytes of memory that it takes. */
  int held() {
    return head.length + (payload == null ? 0 : limit);
  }

  /** How much has come, in units of the limit: a client that sends on is not too slow. */
  int progress() {
    return (rest - left) / limit;
  }

  /** The topic, as far as it has come. */
  byte[] head() {
    return Arrays.copyOf(head, headCome);
  }

  /** Takes what belongs to it. */
  void take(ByteBuf bytes) {
    while (left > 0 && bytes.isReadable() && !fitsNot) {
      byte b = bytes.readByte();
      left--;
      if (payload != null) {
        payload.take(b);
        fitsNot = payload.isFull();
      } else {
        head(b);
      }
    }
  }

  private void head(byte b) {
    head[headCome++] = b;
    if (headCome == head.length && !isLengthKnown) {
      isLengthKnown = true;
      int topic = (head[0] & 0xff) << Byte.SIZE | head[1] & 0xff;
      head = Arrays.copyOf(head, head.length + topic + ((first & QOS) == 0 ? 0 : Short.BYTES));
    }
    if (headCome == head.length) {
      fitsNot = head.length >= limit;
      payload = new TextCutter(new byte[0], 0, limit - Math.min(head.length, limit));
    }
  }

  /** Whether nothing more is to come of it that counts. */
  boolean isOver() {
    return left == 0 || fitsNot;
  }

  /** The packet without what was cut; null if it is too large all the same. */
  byte @Nullable [] packet() {
    byte[] text = payload == null || fitsNot ? null : payload.whole();
    if (text == null) {
      return null;
    }
    int length = head.length + text.length;
    byte[] packet = new byte[1 + Integer.BYTES + length];
    int at = 0;
    packet[at++] = first;
    for (int more = length; more > 0 || at == 1; more >>>= BITS) {
      packet[at++] = (byte) (more & CONTINUES - 1 | (more >>> BITS > 0 ? CONTINUES : 0));
    }
    System.arraycopy(head, 0, packet, at, head.length);
    System.arraycopy(text, 0, packet, at + head.length, text.length);
    return Arrays.copyOf(packet, at + length);
  }
}
