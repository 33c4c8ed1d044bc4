package org.linli.edge.intake;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A PUBLISH that is larger than allowed. It is read to its end without being kept, and becomes a
 * packet that fits: without the pictures in its text (decision 0058), or else, for its dead letter,
 * with the beginning of its payload (decision 0066). For one thread.
 */
public final class CutPublish {

  /** Of the bytes after a packet's length; more than any camera sends. */
  public static final int MOST = 128 << 20;

  private static final int QOS = 0b110;
  private static final int BITS = 7;
  private static final int CONTINUES = 0x80;
  private static final int MOST_BITS = 4 * BITS;
  private static final int USER_PROPERTY = 0x26;

  /** For a word that was found in the payload. */
  private static final int ROOM = 64;

  private final byte first;
  private final int rest;
  private final int limit;
  private final boolean hasProperties;
  private final Beginning beginning;
  private int left;

  /** Topic, packet id and properties, as far as they have come. */
  private byte[] head;

  private int headCome;
  private HeadPart next = HeadPart.LENGTH_OF_TOPIC;
  private int properties;
  private int bits;

  /** Where the length of the properties stands. */
  private int propertiesAt;

  private boolean isHeadTooLong;
  private @Nullable TextCutter payload;
  private boolean fitsNot;
  private byte @Nullable [] kept;

  /** In this order. */
  private enum HeadPart {
    LENGTH_OF_TOPIC,
    TOPIC,
    LENGTH_OF_PROPERTIES,
    PROPERTIES
  }

  /**
   * @param rest the bytes after its length
   * @param limit of what is kept of them
   * @param hasProperties whether it is of MQTT 5
   */
  public CutPublish(byte first, int rest, int limit, boolean hasProperties, LifeSearch search) {
    this.first = first;
    this.rest = rest;
    this.limit = limit;
    this.hasProperties = hasProperties;
    this.beginning = new Beginning(search);
    this.left = rest;
    this.head = new byte[Short.BYTES];
  }

  public byte first() {
    return first;
  }

  public int rest() {
    return rest;
  }

  /** Bytes of memory that it takes. */
  public int held() {
    return head.length + Beginning.HELD + (payload == null ? 0 : limit);
  }

  /** How much has come, in units of the limit: a client that sends on is not too slow. */
  public int progress() {
    return (rest - left) / limit;
  }

  /** The topic, as far as it has come. */
  public byte[] head() {
    return Arrays.copyOf(head, headCome);
  }

  /** How many bytes are still to come. */
  public int left() {
    return left;
  }

  /** Takes the next bytes, which are no more than those to come. */
  public void take(byte[] chunk, int length) {
    int at = 0;
    while (payload == null && !isHeadTooLong && at < length) {
      head(chunk[at]);
      at++;
    }
    left -= length;
    TextCutter cutter = payload;
    if (cutter != null && at < length) {
      payload(cutter, chunk, at, length);
    }
  }

  private void payload(TextCutter cutter, byte[] chunk, int from, int end) {
    beginning.keep(chunk, from, end);
    if (!fitsNot) {
      cutter.take(chunk, from, end);
      if (!cutter.isFull()) {
        return;
      }
      fitsNot = true;
      cutter.lookThrough(beginning);
    }
    beginning.look(chunk, from, end);
  }

  private void head(byte b) {
    head[headCome++] = b;
    if (headCome == head.length) {
      partCame(b);
    }
  }

  private void partCame(byte last) {
    switch (next) {
      case LENGTH_OF_TOPIC -> {
        int topic = (head[0] & 0xff) << Byte.SIZE | head[1] & 0xff;
        goOn(HeadPart.TOPIC, topic + ((first & QOS) == 0 ? 0 : Short.BYTES));
      }
      case TOPIC -> {
        if (hasProperties) {
          propertiesAt = headCome;
          goOn(HeadPart.LENGTH_OF_PROPERTIES, 1);
        } else {
          payloadBegins();
        }
      }
      case LENGTH_OF_PROPERTIES -> {
        properties |= (last & CONTINUES - 1) << bits;
        bits += BITS;
        boolean goesOn = last < 0 && bits < MOST_BITS;
        goOn(goesOn ? HeadPart.LENGTH_OF_PROPERTIES : HeadPart.PROPERTIES, goesOn ? 1 : properties);
      }
      case PROPERTIES -> payloadBegins();
    }
  }

  private void goOn(HeadPart part, int bytes) {
    next = part;
    isHeadTooLong = (long) headCome + bytes + ROOM > limit;
    if (isHeadTooLong) {
      return;
    }
    head = Arrays.copyOf(head, headCome + bytes);
    if (bytes == 0) {
      partCame((byte) 0);
    }
  }

  private void payloadBegins() {
    payload = new TextCutter(new byte[0], 0, limit - head.length);
  }

  /** Whether nothing more is to come of it that counts. */
  public boolean isOver() {
    return left == 0 || isHeadTooLong;
  }

  /** Whether its packet has all but what was cut, and not only its beginning; once it is over. */
  public boolean fits() {
    return text() != null && !fitsNot;
  }

  /** The packet with what is kept; null if not even its topic and properties are. */
  public byte @Nullable [] packet() {
    byte[] text = text();
    return text == null ? null : packet(head, text);
  }

  /**
   * As above, of MQTT 5, with one more user property (section 3.3.2.3.7). That comes on top of the
   * limit. If the other properties are too large, neither they nor a payload are in it.
   */
  public byte @Nullable [] packet(String name, String value) {
    byte[] text = text();
    if (propertiesAt == 0) {
      return null;
    }
    ByteArrayOutputStream property = new ByteArrayOutputStream();
    property.write(USER_PROPERTY);
    for (String each : List.of(name, value)) {
      byte[] bytes = each.getBytes(StandardCharsets.UTF_8);
      property.write(bytes.length >> Byte.SIZE);
      property.write(bytes.length);
      property.writeBytes(bytes);
    }
    ByteArrayOutputStream longer = new ByteArrayOutputStream();
    int others = text == null ? 0 : properties;
    longer.write(head, 0, propertiesAt);
    longer.writeBytes(length(others + property.size()));
    longer.write(head, head.length - others, others);
    longer.writeBytes(property.toByteArray());
    return packet(longer.toByteArray(), text == null ? new byte[0] : text);
  }

  /** What is kept of the payload. */
  private byte @Nullable [] text() {
    TextCutter cutter = payload;
    if (kept == null && cutter != null) {
      kept = fitsNot ? null : cutter.whole();
      fitsNot |= kept == null;
      kept = fitsNot ? beginning.kept(limit - head.length) : kept;
    }
    return kept;
  }

  private byte[] packet(byte[] itsHead, byte[] text) {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(first);
    packet.writeBytes(length(itsHead.length + text.length));
    packet.writeBytes(itsHead);
    packet.writeBytes(text);
    return packet.toByteArray();
  }

  /** MQTT 5 section 1.5.5. */
  private static byte[] length(int bytes) {
    ByteArrayOutputStream length = new ByteArrayOutputStream();
    int left = bytes;
    while (left >= CONTINUES) {
      length.write(left & CONTINUES - 1 | CONTINUES);
      left >>>= BITS;
    }
    length.write(left);
    return length.toByteArray();
  }
}
