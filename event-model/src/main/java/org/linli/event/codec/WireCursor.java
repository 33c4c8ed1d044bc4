package org.linli.event.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads Protocol Buffers fields from a range of an array and trusts nothing: what it returns is
 * never larger than the rest of the range. Batches do not use generated parsers, because a message
 * of a few bytes can make them build millions of objects.
 */
final class WireCursor {

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED32 = 5;
  private static final int HIGHEST_FIELD = (1 << 29) - 1;

  private final String what;
  private final byte[] bytes;
  private final int end;
  private int at;
  private int wireType;

  /**
   * @param what the name of the content, for messages
   */
  WireCursor(String what, byte[] bytes) {
    this(what, bytes, 0, bytes.length);
  }

  private WireCursor(String what, byte[] bytes, int start, int end) {
    this.what = what;
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /** The cursor for a field that was left out. */
  static WireCursor empty(String what) {
    return new WireCursor(what, new byte[0]);
  }

  boolean atEnd() {
    return at == end;
  }

  int remaining() {
    return end - at;
  }

  /** The number of the next field. */
  int field() throws MalformedException {
    long tag = varint();
    long field = tag >>> 3;
    wireType = (int) (tag & 7);
    if (field < 1 || field > HIGHEST_FIELD) {
      throw new MalformedException(what + " has a field with number " + field);
    }
    return (int) field;
  }

  /** The content of a number field. */
  long number(String name) throws MalformedException {
    require(VARINT, name);
    return varint();
  }

  /** The content of a number field that may be 0 to {@code max}. */
  int number(String name, int max) throws MalformedException {
    require(VARINT, name);
    return bounded(name, varint(), max);
  }

  /** The content of a message, a packed column or a bytes field. */
  WireCursor nested(String name) throws MalformedException {
    require(LENGTH_DELIMITED, name);
    int length = length(name);
    WireCursor content = new WireCursor(name, bytes, at, at + length);
    at += length;
    return content;
  }

  byte[] bytes(String name) throws MalformedException {
    WireCursor content = nested(name);
    return Arrays.copyOfRange(bytes, content.at, content.end);
  }

  String text(String name) throws MalformedException {
    WireCursor content = nested(name);
    for (int i = content.at; i < content.end; i++) {
      if (bytes[i] < 0) {
        return strictUtf8(name, content);
      }
    }
    return new String(bytes, content.at, content.end - content.at, StandardCharsets.ISO_8859_1);
  }

  /** Skips a field that this version does not know. */
  void skip() throws MalformedException {
    switch (wireType) {
      case VARINT -> varint();
      case FIXED64 -> pass(Long.BYTES);
      case FIXED32 -> pass(Integer.BYTES);
      case LENGTH_DELIMITED -> pass(length("an unknown field"));
      default -> throw new MalformedException(what + " has a field of wire type " + wireType);
    }
  }

  long varint() throws MalformedException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (at == end) {
        throw new MalformedException(what + " ends in the middle of a number");
      }
      byte next = bytes[at++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new MalformedException(what + " has a number of more than ten bytes");
  }

  long zigzag() throws MalformedException {
    long value = varint();
    return value >>> 1 ^ -(value & 1);
  }

  /** The next number of a packed column, 0 to {@code max}. */
  int index(int max) throws MalformedException {
    return bounded(what, varint(), max);
  }

  byte raw() throws MalformedException {
    if (at == end) {
      throw new MalformedException(what + " ends too early");
    }
    return bytes[at++];
  }

  /** The number of entries in a packed column; each ends with a byte below 128. */
  int entries() {
    int entries = 0;
    for (int i = at; i < end; i++) {
      if (bytes[i] >= 0) {
        entries++;
      }
    }
    return entries;
  }

  /**
   * The next of {@code count} numbers of eight bytes each, stored in eight planes, most significant
   * first. Call {@link #passPlanes} after the last one.
   */
  long plane(int count) throws MalformedException {
    if (end - at < 7 * count + 1) {
      throw new MalformedException(what + " ends too early");
    }
    long number = 0;
    for (int plane = 0; plane < Long.BYTES; plane++) {
      number = number << 8 | bytes[at + plane * count] & 0xFF;
    }
    at++;
    return number;
  }

  void passPlanes(int count) throws MalformedException {
    pass(7 * count);
  }

  void expectEnd() throws MalformedException {
    if (at != end) {
      throw new MalformedException(what + " has " + remaining() + " bytes too many");
    }
  }

  private static int bounded(String name, long value, int max) throws MalformedException {
    if (value < 0 || value > max) {
      throw new MalformedException(
          name
              + " says "
              + Long.toUnsignedString(value)
              + " where at most "
              + max
              + " makes sense");
    }
    return (int) value;
  }

  private int length(String name) throws MalformedException {
    return bounded("the length of " + name, varint(), end - at);
  }

  private void pass(int count) throws MalformedException {
    if (end - at < count) {
      throw new MalformedException(what + " ends in the middle of a field");
    }
    at += count;
  }

  private void require(int expected, String name) throws MalformedException {
    if (wireType != expected) {
      throw new MalformedException(
          name + " has wire type " + wireType + " where " + expected + " is due");
    }
  }

  private String strictUtf8(String name, WireCursor content) throws MalformedException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, content.at, content.end - content.at))
          .toString();
    } catch (CharacterCodingException wrong) {
      throw new MalformedException(name + " is not UTF-8");
    }
  }
}
