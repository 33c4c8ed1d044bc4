package org.linli.edge.profile.format;

import static org.linli.edge.profile.format.CborCursor.INDEFINITE;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Unreadable;

/**
 * Checks one CBOR data item before it is parsed (RFC 8949, appendix C), and accepts only what Linli
 * reads: integers, floats, text, booleans, null, arrays and maps with text keys, of definite or
 * indefinite length; tags 0 and 1; big integers (tags 2 and 3); and the self-described CBOR tag
 * (55799) around the whole.
 *
 * <p>In SenML (RFC 8428 section 6) it also accepts byte strings, integer labels, and decimal
 * fractions (tag 4) with an exponent of at most {@value #LARGEST_EXPONENT}.
 *
 * <p>It never allocates by a declared length. It compares a length with the bytes that are there,
 * so that five bytes cannot claim two gigabytes. Depth is limited, and text must be UTF-8.
 */
public final class CborCheck {

  private static final int TAG_DATE_TIME = 0;
  private static final int TAG_EPOCH_SECONDS = 1;
  private static final int TAG_POSITIVE_BIG = 2;
  private static final int TAG_NEGATIVE_BIG = 3;
  private static final int TAG_DECIMAL_FRACTION = 4;
  private static final int TAG_CBOR = 55_799;
  private static final int LARGEST_EXPONENT = 400;
  private static final int LONGEST_BIG = 128;
  private static final int MOST_TAGS = 8;
  private static final String TIME = "time";
  private static final String NO_NAME = "the name of a field must be text";
  private static final String LARGER = "is larger than a 64-bit number can be";

  private final byte[] bytes;
  private final JsonLimits limits;
  private final boolean senml;
  private final Consumer<Unreadable> beside;
  private final MendedCbor mended;
  private final CborPlace place;
  private final CborCursor cursor;
  private final CborOpen open;

  /** Why the first array or map that is declared longer than the message breaks off. */
  private @Nullable Unreadable declaredLonger;

  private CborCheck(byte[] bytes, JsonLimits limits, boolean senml, Consumer<Unreadable> beside) {
    this.bytes = bytes;
    this.mended = new MendedCbor(bytes);
    this.beside = beside;
    this.limits = limits;
    this.senml = senml;
    this.place = new CborPlace(bytes, senml ? "record" : "event", limits.deepest());
    this.cursor = new CborCursor(bytes, place);
    this.open = new CborOpen(limits.deepest());
  }

  /**
   * @param beside is told of what an alarm outranks: byte strings, simple values and what is beyond
   *     the limits, which are left out, tags, which are not minded, names that are no text, text
   *     that is not UTF-8, and that the message breaks off
   * @return what the parser may read: the same bytes, a copy of the same length, or, where the
   *     message breaks off, what is whole before that
   * @throws Unreadable with the byte, the event and the field of what is not allowed
   */
  public static byte[] check(byte[] bytes, JsonLimits limits, Consumer<Unreadable> beside)
      throws Unreadable {
    if (bytes.length == 0) {
      return bytes;
    }
    return new CborCheck(bytes, limits, false, beside).whole();
  }

  /**
   * As above, for a SenML pack.
   *
   * @param lost is told that the message breaks off
   * @throws Unreadable with the byte, the record and the field of what is not allowed
   */
  public static byte[] checkSenml(byte[] bytes, JsonLimits limits, Consumer<Unreadable> lost)
      throws Unreadable {
    return new CborCheck(bytes, limits, true, lost).whole();
  }

  private byte[] whole() throws Unreadable {
    try {
      item();
    } catch (Unreadable broken) {
      byte[] closed = cursor.breaksOff() ? open.closed(mended.bytes()) : null;
      Unreadable why = declaredLonger == null ? broken : declaredLonger;
      if (closed == null) {
        throw why;
      }
      beside.accept(why);
      return closed;
    }
    if (cursor.left() > 0) {
      throw cursor.malformed(cursor.at(), "something follows after the end of the message");
    }
    return mended.bytes();
  }

  /** Checks one data item with its contents. */
  private void item() throws Unreadable {
    int start = cursor.at();
    int initial = cursor.next();
    int major = initial >> 5;
    int info = initial & 0x1f;
    switch (major) {
      case 0, 1 -> cursor.argument(info, false);
      case 2 -> byteString(info, start);
      case 3 -> text(info, start);
      case 4, 5 -> container(major == 5, info, start);
      case 6 -> tagged(start);
      default -> simple(info, start);
    }
  }

  /** Checks an item with all its tags. */
  private void tagged(int start) throws Unreadable {
    cursor.goTo(start);
    for (int tags = 0; cursor.peek() >> 5 == 6; tags++) {
      if (tags == MOST_TAGS) {
        leaveOut(start, start, "has more than " + MOST_TAGS + " tags");
        return;
      }
      cursor.argument(cursor.next() & 0x1f, false);
    }
    cursor.goTo(start);
    boolean isRead = false;
    while (!isRead && cursor.peek() >> 5 == 6) {
      int from = cursor.at();
      isRead = tag(cursor.argument(cursor.next() & 0x1f, false), from);
    }
    if (!isRead) {
      item();
    }
  }

  private void container(boolean isMap, int info, int start) throws Unreadable {
    if (open.depth() == limits.deepest()) {
      String rule = " arrays and objects within each other";
      leaveOut(start, start, "is nested deeper than " + limits.deepest() + rule);
    } else if (isMap) {
      map(info, start);
    } else {
      array(info, start);
    }
  }

  private void array(int info, int start) throws Unreadable {
    boolean outermost = open.depth() == 0;
    long count = enter(info, start);
    for (long i = 0; count == INDEFINITE ? !cursor.isBreak() : i < count; i++) {
      if (outermost) {
        place.entry(i + 1);
      }
      item();
      open.entry(cursor.at());
    }
    if (outermost) {
      place.entry(0);
    }
    open.end();
  }

  private void map(int info, int start) throws Unreadable {
    long count = enter(info, start);
    for (long i = 0; count == INDEFINITE ? !cursor.isBreak() : i < count; i++) {
      int key = key();
      if (cursor.at() - key > limits.longestName()) {
        leaveOut(key, cursor.at(), "its name is longer than " + limits.longestName() + " bytes");
      } else {
        place.key(open.depth(), key);
        item();
        place.noKey(open.depth());
      }
      open.entry(cursor.at());
    }
    open.end();
  }

  /**
   * Steps over something that is beyond the limits.
   *
   * @param start where it begins, with its name where that is too long
   * @param item where its value begins
   */
  private void leaveOut(int start, int item, String rule) throws Unreadable {
    Unreadable tooLarge = place.refuse(RefusalReason.TOO_LARGE, start, rule);
    if (senml) {
      throw tooLarge;
    }
    beside.accept(tooLarge);
    cursor.goTo(item);
    new CborSkip(cursor).itemOr(tooLarge);
    mended.leaveOut(start, item, cursor.at());
  }

  /**
   * Begins an array or a map; each of its items is at least one byte. One that is declared longer
   * than the message is read as far as that goes.
   */
  private long enter(int info, int start) throws Unreadable {
    long count = cursor.argument(info, true);
    boolean isLonger = count > cursor.left() || count < INDEFINITE;
    if (isLonger && declaredLonger == null) {
      declaredLonger =
          cursor.malformed(start, "an array or a map is declared longer than the message");
    }
    open.begin(start, cursor.at());
    return isLonger ? Long.MAX_VALUE : count;
  }

  private int key() throws Unreadable {
    int start = cursor.at();
    int initial = cursor.next();
    if (initial >> 5 == 3) {
      text(initial & 0x1f, start);
      if (senml && CborName.at(bytes, start).matches("-?[0-9]+")) {
        throw bad(
            start,
            "the label "
                + CborName.at(bytes, start)
                + " is text: RFC 8428 section 6 writes it as a whole number");
      }
    } else if (initial >> 5 <= 1) {
      cursor.argument(initial & 0x1f, false);
      if (!senml) {
        beside.accept(bad(start, NO_NAME));
        mended.number(start, cursor.at());
      }
    } else if (!senml && initial >> 5 == 2) {
      int content = skipBytes(cursor.argument(initial & 0x1f, false), start);
      beside.accept(bad(start, NO_NAME));
      mended.byteString(start, content, cursor.at());
    } else {
      throw bad(start, senml ? "the label of a field must be a whole number or text" : NO_NAME);
    }
    return start;
  }

  private void byteString(int info, int start) throws Unreadable {
    if (!senml) {
      beside.accept(bad(start, "is a byte string, which Linli does not read; send text"));
    }
    bytes(info, start);
  }

  private void bytes(int info, int start) throws Unreadable {
    long length = cursor.argument(info, !senml);
    if (length != INDEFINITE) {
      var _ = skipBytes(length, start);
      return;
    }
    while (!cursor.isBreak()) {
      int chunkStart = cursor.at();
      int initial = cursor.next();
      if (initial >> 5 != 2 || (initial & 0x1f) == 31) {
        throw cursor.malformed(
            chunkStart, "a byte string of indefinite length holds something that is none");
      }
      var _ = skipBytes(cursor.argument(initial & 0x1f, false), chunkStart);
    }
  }

  /** Skips the content of a byte string, and says where it begins. */
  private int skipBytes(long length, int start) throws Unreadable {
    if (!cursor.isThere(length)) {
      throw cursor.breaksOff(start, "a byte string is declared longer than the message");
    }
    int content = cursor.at();
    cursor.goTo(cursor.at() + (int) length);
    return content;
  }

  private void text(int info, int start) throws Unreadable {
    long length = cursor.argument(info, true);
    if (length != INDEFINITE) {
      chunk(length, start);
      return;
    }
    while (!cursor.isBreak()) {
      int chunkStart = cursor.at();
      int initial = cursor.next();
      if (initial >> 5 != 3 || (initial & 0x1f) == 31) {
        throw cursor.malformed(
            chunkStart, "a text of indefinite length holds something that is no text");
      }
      chunk(cursor.argument(initial & 0x1f, false), chunkStart);
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
      Unreadable unread = place.refuse(RefusalReason.NOT_CBOR, broken, "is not UTF-8");
      if (senml) {
        throw unread;
      }
      beside.accept(unread);
      mended.text(broken, end);
    }
    cursor.goTo(end);
  }

  /**
   * Checks one tag.
   *
   * @return whether its item was read with it
   */
  private boolean tag(long tag, int start) throws Unreadable {
    int major = cursor.peek() >> 5;
    if (tag == TAG_DATE_TIME) {
      time(major == 3, start, "tag 0 is for the text of a time (RFC 8949 3.4.1)");
    } else if (tag == TAG_EPOCH_SECONDS) {
      time(major <= 1 || major == 7, start, "tag 1 is for a number of seconds (RFC 8949 3.4.2)");
    } else if (tag == TAG_POSITIVE_BIG || tag == TAG_NEGATIVE_BIG) {
      if (major == 2) {
        big(start);
        return true;
      }
      leftOut(start, "a big integer must be a byte string (RFC 8949 3.4.3)");
    } else if (tag == TAG_DECIMAL_FRACTION && senml) {
      decimalFraction(start);
      return true;
    } else if (tag != TAG_CBOR || start != 0) {
      leftOut(start, "CBOR tag " + Long.toUnsignedString(tag) + " is not read here");
    }
    return false;
  }

  /** The reader of a time judges it itself: a time that cannot be read costs nothing. */
  private void time(boolean fits, int start, String rule) throws Unreadable {
    boolean isJudged = !senml && place.isField(open.depth(), TIME);
    if (!fits && !isJudged) {
      leftOut(start, rule);
    }
  }

  /** A tag that is not minded beside an alarm. */
  private void leftOut(int start, String rule) throws Unreadable {
    if (senml) {
      throw bad(start, rule);
    }
    beside.accept(bad(start, rule));
    mended.tag(start, cursor.at());
  }

  private void requireTagged(boolean holds, int start, String rule) throws Unreadable {
    if (!holds) {
      throw bad(start, rule);
    }
  }

  /** Checks an array of a power of ten and an integer (RFC 8949 section 3.4.4). */
  private void decimalFraction(int start) throws Unreadable {
    boolean pair = cursor.next() == 0x82;
    long exponent = pair ? whole(start) : 0;
    requireTagged(
        pair && exponent <= LARGEST_EXPONENT && exponent >= 0,
        start,
        "tag 4 is for an array of an exponent of at most 400 and a whole number (RFC 8949 3.4.4)");
    whole(start);
  }

  /** The absolute value of an integer, if it fits. */
  private long whole(int start) throws Unreadable {
    int initial = cursor.next();
    requireTagged(initial >> 5 <= 1, start, "tag 4 holds something that is no whole number");
    return cursor.argument(initial & 0x1f, false);
  }

  private void big(int start) throws Unreadable {
    int content = cursor.at();
    int info = cursor.next() & 0x1f;
    long length = cursor.argument(info, true);
    boolean fits = length >= 0 && length <= LONGEST_BIG;
    boolean mayBeLeftOut = !senml && (length == INDEFINITE || cursor.isThere(length));
    cursor.goTo(content);
    if (!fits && !mayBeLeftOut) {
      throw senml ? bad(start, LARGER) : cursor.breaksOff(start, LARGER);
    }
    if (!fits) {
      leftOut(start, LARGER);
    }
    cursor.goTo(cursor.at() + 1);
    bytes(info, start);
  }

  private void simple(int info, int start) throws Unreadable {
    switch (info) {
      case 20, 21, 22 -> {}
      case 25 -> cursor.skip(2);
      case 26 -> cursor.skip(4);
      case 27 -> cursor.skip(8);
      case 31 -> {
        throw cursor.malformed(start, "a break where nothing of indefinite length is open");
      }
      case 28, 29, 30 -> throw cursor.reserved(start);
      default -> {
        cursor.skip(info == 24 ? 1 : 0);
        Unreadable unread =
            bad(start, "is a simple value of CBOR that is neither true, false nor null");
        if (senml) {
          throw unread;
        }
        beside.accept(unread);
        mended.simple(start, cursor.at());
      }
    }
  }

  private Unreadable bad(int start, String rule) {
    return place.refuse(RefusalReason.BAD_FIELD, start, rule);
  }
}
