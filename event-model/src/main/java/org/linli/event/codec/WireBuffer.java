package org.linli.event.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes Protocol Buffers fields into a growing array. */
final class WireBuffer {

  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;
  private static final int LONGEST_VARINT = 10;

  private byte[] bytes;
  private int size;
  private boolean onlyZeros = true;

  WireBuffer(int expectedSize) {
    bytes = new byte[expectedSize];
  }

  int size() {
    return size;
  }

  /** Whether only zeros were written, so that a column can be left out. */
  boolean onlyZeros() {
    return onlyZeros;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  void raw(byte value) {
    room(1);
    bytes[size++] = value;
    onlyZeros &= value == 0;
  }

  void raw(byte[] values) {
    room(values.length);
    System.arraycopy(values, 0, bytes, size, values.length);
    size += values.length;
    onlyZeros = false;
  }

  void varint(long value) {
    room(LONGEST_VARINT);
    onlyZeros &= value == 0;
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void zigzag(long value) {
    varint(value << 1 ^ value >> 63);
  }

  /** Writes a number; leaves out 0, as proto3 does. */
  void number(int field, long value) {
    if (value != 0) {
      varint(tag(field, VARINT));
      varint(value);
    }
  }

  /** Writes a string; leaves it out when it is empty and {@code optional}. */
  void text(int field, String text, boolean optional) {
    if (optional && text.isEmpty()) {
      return;
    }
    varint(tag(field, LENGTH_DELIMITED));
    int length = text.length();
    room(length + LONGEST_VARINT);
    int start = size;
    varint(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        size = start;
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        varint(encoded.length);
        raw(encoded);
        return;
      }
      bytes[size++] = (byte) c;
    }
  }

  void bytes(int field, byte[] value) {
    varint(tag(field, LENGTH_DELIMITED));
    varint(value.length);
    raw(value);
  }

  /** Writes a packed column or a message, even when it is empty. */
  void nested(int field, WireBuffer content) {
    varint(tag(field, LENGTH_DELIMITED));
    varint(content.size);
    append(content);
  }

  /** Appends fields that another buffer holds. */
  void append(WireBuffer fields) {
    room(fields.size);
    System.arraycopy(fields.bytes, 0, bytes, size, fields.size);
    size += fields.size;
  }

  /** Writes a packed column; leaves it out when it is empty. */
  void column(int field, WireBuffer content) {
    if (content.size > 0) {
      nested(field, content);
    }
  }

  /** Writes a packed column with one entry per event; leaves it out when all are zero. */
  void sparseColumn(int field, WireBuffer content) {
    if (!content.onlyZeros) {
      nested(field, content);
    }
  }

  private static long tag(int field, int wireType) {
    return (long) field << 3 | wireType;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
