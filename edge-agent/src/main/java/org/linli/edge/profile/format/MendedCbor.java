package org.linli.edge.profile.format;

/**
 * A copy of a CBOR message in which something that Linli does not read stands as something of the
 * same length that its parser leaves out. The bytes themselves as long as nothing is mended. For
 * one thread.
 */
final class MendedCbor {

  private static final int NULL = 0xf6;
  private static final int ONE_BYTE = 0x41;
  private static final int BYTES = 2 << 5;
  private static final int TEXT = 3 << 5;
  private static final int LONGEST_SHORT = 0x17;

  /** No tag of that number is registered (RFC 8949 section 9.2). */
  private static final int NO_TAG = 6;

  private static final int TAG = 6 << 5;

  private final byte[] original;
  private byte[] bytes;
  private boolean isOwn;

  MendedCbor(byte[] bytes) {
    this.original = bytes;
    this.bytes = bytes;
  }

  byte[] bytes() {
    return bytes;
  }

  private void set(int at, int value) {
    if (!isOwn) {
      isOwn = true;
      bytes = original.clone();
    }
    bytes[at] = (byte) value;
  }

  /** A question mark for each byte that is no UTF-8. */
  void text(int from, int end) {
    for (int at = Utf8.firstMalformed(bytes, from, end);
        at >= 0;
        at = Utf8.firstMalformed(bytes, at, end)) {
      set(at, '?');
    }
  }

  /** A tag that the parser takes no notice of. */
  void tag(int start, int end) {
    if (end == start + 1) {
      set(start, TAG | NO_TAG);
      return;
    }
    for (int at = start + 1; at < end; at++) {
      set(at, at == end - 1 ? NO_TAG : 0);
    }
  }

  /** Null instead of a simple value, or a byte string where it has two bytes. */
  void simple(int start, int end) {
    set(start, end == start + 1 ? NULL : ONE_BYTE);
  }

  /** A text of question marks instead of a whole number that is a name. */
  void number(int start, int end) {
    int length = end - start - 1;
    set(start, TEXT | Math.min(length, LONGEST_SHORT));
    for (int at = start + 1; at < end; at++) {
      set(at, '?');
    }
  }

  /** The same text where a name is a byte string. */
  void byteString(int start, int content, int end) {
    set(start, TEXT | original[start] & 0x1f);
    text(content, end);
  }

  /**
   * A byte string instead of an item with all that is in it.
   *
   * @param start where its name begins, instead of which there is a question mark; the item itself
   *     where its name stays
   */
  void leaveOut(int start, int item, int end) {
    if (start < item) {
      set(start, TEXT | 1);
      set(start + 1, '?');
      leaveOut(start + 2, end);
    } else {
      leaveOut(item, end);
    }
  }

  /** A byte string, or null, under a name without characters instead of a name and its item. */
  void leaveOutNamed(int start, int end) {
    set(start, TEXT);
    leaveOut(start + 1, end);
  }

  private void leaveOut(int start, int end) {
    int length = end - start - 1;
    if (length == 0) {
      set(start, NULL);
    } else if (length <= LONGEST_SHORT) {
      set(start, BYTES | length);
    } else {
      int width = length - 1 <= 0xff ? 1 : length - 2 <= 0xffff ? 2 : 4;
      set(start, BYTES | LONGEST_SHORT + (width == 1 ? 1 : width == 2 ? 2 : 3));
      for (int i = 0; i < width; i++) {
        set(start + 1 + i, length - width >> 8 * (width - 1 - i));
      }
    }
  }
}
