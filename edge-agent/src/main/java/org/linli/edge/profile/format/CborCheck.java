package org.linli.edge.profile.format;

import static org.linli.edge.profile.format.CborCursor.INDEFINITE;
import static org.linli.edge.profile.format.CborCursor.MAP;
import static org.linli.edge.profile.format.CborCursor.TAG;

import java.util.List;
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
 *
 * <p>A message with a wrong count is checked again, so that nothing names its fields: a text of it
 * may stand where a name is.
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
  private static final String NO_LABEL = "the label of a field must be a whole number or text";
  private static final int INDEFINITE_INFO = 31;
  private static final String LARGER = "is larger than a 64-bit number can be";

  private final byte[] bytes;
  private final JsonLimits limits;
  private final boolean senml;
  private final MendedCbor mended;
  private final CborPlace place;
  private final CborCursor cursor;
  private final CborFaults faults;
  private final CborStrings strings;
  private final CborOpen open;

  /** Why the first array or map that is declared longer than the message breaks off. */
  private @Nullable Unreadable declaredLonger;

  private CborCheck(byte[] bytes, JsonLimits limits, boolean senml, boolean areNamesSure) {
    this.bytes = bytes;
    this.mended = new MendedCbor(bytes);
    this.limits = limits;
    this.senml = senml;
    this.place = new CborPlace(bytes, senml ? "record" : "event", limits.deepest(), areNamesSure);
    this.cursor = new CborCursor(bytes, place);
    this.faults = new CborFaults(place, senml);
    this.strings = new CborStrings(bytes, cursor, place, faults, mended);
    this.open = new CborOpen(limits.deepest());
  }

  /**
   * @throws Unreadable with the byte, the event and the field of what is not allowed
   */
  public static CheckedCbor check(byte[] bytes, JsonLimits limits) throws Unreadable {
    return bytes.length == 0
        ? new CheckedCbor(bytes, List.of(), true)
        : check(bytes, limits, false);
  }

  /**
   * As above, for a SenML pack, beside which there is only that it breaks off.
   *
   * @throws Unreadable with the byte, the record and the field of what is not allowed
   */
  public static CheckedCbor checkSenml(byte[] bytes, JsonLimits limits) throws Unreadable {
    return check(bytes, limits, true);
  }

  private static CheckedCbor check(byte[] bytes, JsonLimits limits, boolean senml)
      throws Unreadable {
    try {
      CheckedCbor checked = new CborCheck(bytes, limits, senml, true).whole();
      if (checked.areNamesSure()) {
        return checked;
      }
    } catch (Unreadable refused) {
      if (refused.refusal().reason() == RefusalReason.BAD_FIELD) {
        throw refused;
      }
    }
    return new CborCheck(bytes, limits, senml, false).whole();
  }

  private CheckedCbor whole() throws Unreadable {
    try {
      item();
    } catch (Unreadable broken) {
      byte[] closed = cursor.breaksOff() ? open.closed(mended.bytes()) : null;
      Unreadable why = declaredLonger == null ? broken : declaredLonger;
      if (closed == null) {
        throw why;
      }
      faults.add(why);
      place.namesAreUnsure();
      return faults.checked(closed);
    }
    if (cursor.left() > 0) {
      throw cursor.malformed(cursor.at(), "something follows after the end of the message");
    }
    return faults.checked(mended.bytes());
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
      case 3 -> strings.text(info, start);
      case 4, MAP -> container(major == MAP, info, start);
      case TAG -> tagged(start);
      default -> simple(info, start);
    }
  }

  /** Checks an item with all its tags. */
  private void tagged(int start) throws Unreadable {
    cursor.goTo(start);
    for (int tags = 0; cursor.peek() >> 5 == TAG; tags++) {
      if (tags == MOST_TAGS) {
        leaveOut(start, start, "has more than " + MOST_TAGS + " tags");
        return;
      }
      cursor.argument(cursor.next() & 0x1f, false);
    }
    cursor.goTo(start);
    boolean isRead = false;
    while (!isRead && cursor.peek() >> 5 == TAG) {
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
        if (cursor.peekMajor() != MAP) {
          // It may be the rest of an event whose count is wrong.
          place.namesAreUnsure();
        }
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
      int key = cursor.at();
      if (!key()) {
        leaveOutUnnamed(key);
      } else if (cursor.at() - key > limits.longestName()) {
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
    faults.outranked(tooLarge);
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

  /** Steps over a name that is no text, and over its item: nothing tells what that is. */
  private void leaveOutUnnamed(int start) throws Unreadable {
    Unreadable none = bad(start, senml ? NO_LABEL : NO_NAME);
    faults.outranked(none);
    // It may be an item where a count is wrong.
    place.namesAreUnsure();
    CborSkip skip = new CborSkip(cursor);
    cursor.goTo(start);
    skip.itemOr(none);
    skip.itemOr(none);
    mended.leaveOutNamed(start, cursor.at());
  }

  /** Reads a name; false if it is none that can be told. */
  private boolean key() throws Unreadable {
    int start = cursor.at();
    int initial = cursor.next();
    int info = initial & 0x1f;
    int major = initial >> 5;
    if (major == 3) {
      strings.text(info, start);
      if (senml && CborName.at(bytes, start).matches("-?[0-9]+")) {
        throw bad(
            start,
            "the label "
                + CborName.at(bytes, start)
                + " is text: RFC 8428 section 6 writes it as a whole number");
      }
    } else if (major <= 1) {
      cursor.argument(info, false);
      if (!senml) {
        faults.add(bad(start, NO_NAME));
        mended.number(start, cursor.at());
      }
    } else if (!senml && major == 2 && info != INDEFINITE_INFO) {
      int content = strings.skip(cursor.argument(info, false), start);
      faults.add(bad(start, NO_NAME));
      mended.byteString(start, content, cursor.at());
    } else {
      return false;
    }
    return true;
  }

  private void byteString(int info, int start) throws Unreadable {
    if (!senml) {
      faults.add(bad(start, "is a byte string, which Linli does not read; send text"));
    }
    strings.bytes(cursor.argument(info, !senml), start);
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
    faults.outranked(bad(start, rule));
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
    strings.bytes(cursor.argument(info, !senml), start);
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
        faults.outranked(
            bad(start, "is a simple value of CBOR that is neither true, false nor null"));
        mended.simple(start, cursor.at());
      }
    }
  }

  private Unreadable bad(int start, String rule) {
    return faults.bad(start, rule);
  }
}
