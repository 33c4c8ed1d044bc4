package org.linli.edge.profile.format;

import static org.linli.edge.profile.format.CborCursor.INDEFINITE;
import static org.linli.edge.profile.format.CborCursor.MAP;
import static org.linli.edge.profile.format.CborCursor.TAG;

import java.util.Arrays;
import org.linli.edge.profile.Unreadable;

/** Steps over data items of CBOR, however deep they are, without a look at what they say. */
final class CborSkip {

  private static final int LEVELS = 16;

  private final CborCursor cursor;

  /**
   * How many items are still to come at each level; {@link CborCursor#INDEFINITE} up to a break.
   */
  private long[] toCome = new long[LEVELS];

  private int level;

  CborSkip(CborCursor cursor) {
    this.cursor = cursor;
  }

  /**
   * Steps over the next item, with its tags and all that is in it.
   *
   * @throws Unreadable that one, if the item is not whole, unless the message breaks off in it
   */
  void itemOr(Unreadable otherwise) throws Unreadable {
    try {
      item();
    } catch (Unreadable notWhole) {
      throw cursor.breaksOff() ? notWhole : otherwise;
    }
  }

  /** Steps over the next item, with its tags and all that is in it. */
  void item() throws Unreadable {
    level = 0;
    toCome[0] = 1;
    while (level >= 0) {
      if (toCome[level] == 0 || toCome[level] == INDEFINITE && cursor.isBreak()) {
        level--;
      } else {
        toCome[level] -= toCome[level] == INDEFINITE ? 0 : 1;
        head();
      }
    }
  }

  private void head() throws Unreadable {
    int start = cursor.at();
    int initial = cursor.next();
    int info = initial & 0x1f;
    int major = initial >> 5;
    switch (major) {
      case 0, 1 -> cursor.argument(info, false);
      case 2, 3 -> string(cursor.argument(info, true), start);
      case 4, MAP -> {
        long count = cursor.argument(info, true);
        if (count > cursor.left() || count < INDEFINITE) {
          throw cursor.breaksOff(start, "an array or a map is declared longer than the message");
        }
        begin(count == INDEFINITE || major != MAP ? count : 2 * count);
      }
      case TAG -> {
        cursor.argument(info, false);
        begin(1);
      }
      default -> simple(info, start);
    }
  }

  private void string(long length, int start) throws Unreadable {
    if (length == INDEFINITE) {
      begin(INDEFINITE);
    } else if (cursor.isThere(length)) {
      cursor.skip((int) length);
    } else {
      throw cursor.breaksOff(start, "a text or byte string is declared longer than the message");
    }
  }

  private void simple(int info, int start) throws Unreadable {
    if (info > 27) {
      throw cursor.reserved(start);
    }
    cursor.skip(info < 24 ? 0 : 1 << (info - 24));
  }

  private void begin(long items) {
    level++;
    if (level == toCome.length) {
      toCome = Arrays.copyOf(toCome, 2 * level);
    }
    toCome[level] = items;
  }
}
