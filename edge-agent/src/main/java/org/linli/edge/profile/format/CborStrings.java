package org.linli.edge.profile.format;

import static org.linli.edge.profile.format.CborCursor.INDEFINITE;

import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Unreadable;

/**
 * Checks the text and byte strings of a CBOR message (RFC 8949 section 3.2.3), whole or in chunks,
 * once their first byte was read. For one message.
 */
final class CborStrings {

  private final byte[] bytes;
  private final CborCursor cursor;
  private final CborPlace place;
  private final CborFaults faults;
  private final MendedCbor mended;

  CborStrings(
      byte[] bytes, CborCursor cursor, CborPlace place, CborFaults faults, MendedCbor mended) {
    this.bytes = bytes;
    this.cursor = cursor;
    this.place = place;
    this.faults = faults;
    this.mended = mended;
  }

  /**
   * Steps over a byte string.
   *
   * @param length as it declares it, or {@link CborCursor#INDEFINITE}
   */
  void bytes(long length, int start) throws Unreadable {
    if (length != INDEFINITE) {
      var _ = skip(length, start);
      return;
    }
    while (!cursor.isBreak()) {
      int chunk = cursor.at();
      int initial = cursor.next();
      if (initial >> 5 != 2 || (initial & 0x1f) == 31) {
        throw cursor.malformed(
            chunk, "a byte string of indefinite length holds something that is none");
      }
      var _ = skip(cursor.argument(initial & 0x1f, false), chunk);
    }
  }

  /** Steps over the content of a byte string of definite length, and says where that begins. */
  int skip(long length, int start) throws Unreadable {
    if (!cursor.isThere(length)) {
      throw cursor.breaksOff(start, "a byte string is declared longer than the message");
    }
    int content = cursor.at();
    cursor.goTo(content + (int) length);
    return content;
  }

  void text(int info, int start) throws Unreadable {
    long length = cursor.argument(info, true);
    if (length != INDEFINITE) {
      chunk(length, start);
      return;
    }
    while (!cursor.isBreak()) {
      int chunk = cursor.at();
      int initial = cursor.next();
      if (initial >> 5 != 3 || (initial & 0x1f) == 31) {
        throw cursor.malformed(
            chunk, "a text of indefinite length holds something that is no text");
      }
      chunk(cursor.argument(initial & 0x1f, false), chunk);
    }
  }

  /** Checks the bytes of one text, or of one chunk of it, which must be UTF-8 on its own. */
  private void chunk(long length, int start) throws Unreadable {
    if (!cursor.isThere(length)) {
      throw cursor.breaksOff(start, "a text is declared longer than the message");
    }
    int end = cursor.at() + (int) length;
    int broken = Utf8.firstMalformed(bytes, cursor.at(), end);
    if (broken >= 0) {
      faults.outranked(place.refuse(RefusalReason.NOT_CBOR, broken, "is not UTF-8"));
      mended.text(broken, end);
    }
    cursor.goTo(end);
  }
}
