package org.linli.edge.profile.format;

import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Unreadable;

/** Reads the heads of CBOR's data items (RFC 8949 section 3), one after the other. */
final class CborCursor {

  /** The argument of an item of indefinite length. */
  static final int INDEFINITE = -1;

  /** The major type of a tag. */
  static final int TAG = 6;

  /** That of a map. */
  static final int MAP = 5;

  private final byte[] bytes;
  private final CborPlace place;
  private int at;
  private boolean breaksOff;

  CborCursor(byte[] bytes, CborPlace place) {
    this.bytes = bytes;
    this.place = place;
  }

  /** The position of the next byte. */
  int at() {
    return at;
  }

  /** Goes back to a position, or on to one. */
  void goTo(int position) {
    at = position;
  }

  /** Number of bytes that are left. */
  int left() {
    return bytes.length - at;
  }

  /** The next byte. */
  int next() throws Unreadable {
    int value = peek();
    at++;
    return value;
  }

  /** The next byte, which stays the next. */
  int peek() throws Unreadable {
    if (at >= bytes.length) {
      throw ended();
    }
    return bytes[at] & 0xff;
  }

  /** The major type of the next item behind its tags, which stays the next. */
  int peekMajor() throws Unreadable {
    int start = at;
    while (peek() >> 5 == TAG) {
      argument(next() & 0x1f, false);
    }
    int major = peek() >> 5;
    at = start;
    return major;
  }

  void skip(int length) throws Unreadable {
    if (length > left()) {
      throw ended();
    }
    at += length;
  }

  /** Whether the message has as many bytes more as an item declares. */
  boolean isThere(long length) {
    return length >= 0 && length <= left();
  }

  /** Consumes the break of an item of indefinite length; false if there is none. */
  boolean isBreak() throws Unreadable {
    if (peek() != 0xff) {
      return false;
    }
    at++;
    return true;
  }

  /**
   * The argument of an item.
   *
   * @param info the lower bits of its first byte, which was read
   */
  long argument(int info, boolean orIndefinite) throws Unreadable {
    if (info < 24) {
      return info;
    }
    if (info == 31 && orIndefinite) {
      return INDEFINITE;
    }
    if (info > 27) {
      throw reserved(at - 1);
    }
    int length = 1 << (info - 24);
    if (length > left()) {
      throw ended();
    }
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = value << 8 | bytes[at] & 0xff;
      at++;
    }
    // Beyond 63 bits: as a length it is longer than any message; as a number the parser reads it.
    return value < 0 ? Long.MIN_VALUE : value;
  }

  Unreadable ended() {
    return breaksOff(bytes.length, "the message ends in the middle of something");
  }

  /** As {@link #malformed}, because there is less than was declared. */
  Unreadable breaksOff(int start, String rule) {
    breaksOff = true;
    return malformed(start, rule);
  }

  boolean breaksOff() {
    return breaksOff;
  }

  Unreadable reserved(int start) {
    return malformed(start, "uses a form that RFC 8949 reserves");
  }

  Unreadable malformed(int start, String rule) {
    return place.refuse(RefusalReason.NOT_CBOR, start, rule);
  }
}
