package org.linli.edge.profile.life;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.edge.profile.life.WrittenWord.Match;

/**
 * Finds words of life safety in bytes that nobody could read: smoke, gas, carbon monoxide, SOS,
 * fall, trapped and their like, in English in any case, and in Chinese in UTF-8, GBK and Big5, also
 * behind escapes and in other writings ({@link Readings}). One pass over the bytes, whatever is in
 * them, and a few more if there are signs of these.
 *
 * <p>A short word counts only by itself ({@code SOS_1}, {@code gasLeak}, {@code SOSPressed}, not
 * {@code vegas}) or together with another ({@code firealarm}, {@code falldetection}), and not
 * within the text form of a picture (base64), where any three letters turn up.
 */
public final class LifeWords {

  /** After one of these a short word begins a word, as after a separator: {@code kitchengas}. */
  private static final byte[][] ROOMS = rooms();

  /** An unbroken run of base64's characters that is this long is no text for people. */
  private static final int LONGEST_WORD_LIKE = 64;

  /** Bytes of a word that turns up by chance in a picture of some megabytes. */
  private static final int SHORT = 5;

  private static final int TEXT_AROUND = 24;
  private static final byte DELETE = 0x7f;

  /** Bytes of an escape; two of them are one character. */
  private static final int LONGEST_ESCAPE = 12;

  private static final WrittenWord[][] BY_FIRST_BYTE = LifeVocabulary.byFirstByte();

  private LifeWords() {}

  private static boolean stands(WrittenWord word, byte[] text, int from, int to, boolean isName) {
    return switch (word.match()) {
      case ANYWHERE -> true;
      case BEGINS -> begins(text, from);
      case ALONE -> begins(text, from) && ends(text, to);
      case SAID -> AffirmedWord.matches(text, from, to);
      case CALLED ->
          begins(text, from) && ends(text, to) && CalledWord.matches(text, from, to, isName);
    };
  }

  /** The first word in a message; null for none. */
  public static @Nullable LifeWord first(byte[] bytes) {
    return first(bytes, bytes.length);
  }

  /**
   * As above.
   *
   * @param most bytes that are looked at
   */
  public static @Nullable LifeWord first(byte[] bytes, int most) {
    return first(bytes.length > most ? Arrays.copyOf(bytes, most) : bytes, false);
  }

  /** The first word in a topic, a path or a name; null for none. */
  public static @Nullable LifeWord first(String name) {
    return first(name.getBytes(StandardCharsets.UTF_8), true);
  }

  /** Also as the bytes may be read otherwise; what is plain to see counts in any case. */
  private static @Nullable LifeWord first(byte[] bytes, boolean isName) {
    LifeWord plain = plain(bytes, isName);
    if (plain != null) {
      return plain;
    }
    for (byte[] reading : Readings.of(bytes)) {
      LifeWord found = plain(reading, isName);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /**
   * The first word that begins within a part of a stream of any bytes, such as pictures; null for
   * none. Short words count between texts only: in a picture of some megabytes each is there.
   *
   * @param length how many of the bytes there are
   */
  static @Nullable LifeWord firstWithin(byte[] bytes, int length, int from, int to) {
    byte[] all = bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
    LifeWord plain = plain(all, from, to, false, true);
    if (plain != null || !Escapes.mayHave(all)) {
      return plain;
    }
    byte[] undone = Escapes.undone(all);
    int before = Escapes.undone(Arrays.copyOf(all, from)).length;
    int after = Escapes.undone(Arrays.copyOfRange(all, to, length)).length;
    // An escape may be cut in two where the part begins or ends.
    return plain(
        undone,
        from == 0 ? 0 : Math.max(0, before - LONGEST_ESCAPE),
        to == length
            ? undone.length
            : Math.min(undone.length, undone.length - after + LONGEST_ESCAPE),
        false,
        true);
  }

  private static @Nullable LifeWord plain(byte[] bytes, boolean isName) {
    return plain(bytes, 0, bytes.length, isName, false);
  }

  private static @Nullable LifeWord plain(
      byte[] bytes, int from, int to, boolean isName, boolean isStream) {
    int at = from;
    while (at < to) {
      int next = at + 1;
      for (WrittenWord word : BY_FIRST_BYTE[Letters.small(bytes[at]) & 0xFF]) {
        int end = word.end(bytes, at);
        if (end > 0
            && stands(word, bytes, at, end, isName)
            && (!isStream && word.match() == Match.ANYWHERE
                || isName
                || !isInLongRun(bytes, at, end))
            && !(isStream && word.bytes().length < SHORT && !isWithinText(bytes, at, end))) {
          if (word.means() != null && !NegatedWord.matches(bytes, at, end)) {
            return word.means();
          }
          next = end;
          break;
        }
      }
      at = next;
    }
    return null;
  }

  private static boolean begins(byte[] bytes, int from) {
    return from == 0 || Letters.isBoundary(bytes, from) || isAfterRoom(bytes, from);
  }

  private static boolean isAfterRoom(byte[] bytes, int from) {
    for (byte[] room : ROOMS) {
      int first = from - room.length;
      if (first >= 0
          && isRoom(room, bytes, first)
          && (first == 0 || Letters.isBoundary(bytes, first))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isRoom(byte[] room, byte[] bytes, int from) {
    for (int i = 0; i < room.length; i++) {
      if (Letters.small(bytes[from + i]) != room[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[][] rooms() {
    return Stream.of(
            "kitchen",
            "bedroom",
            "bathroom",
            "livingroom",
            "room",
            "hall",
            "lobby",
            "garage",
            "basement",
            "cellar",
            "toilet",
            "home",
            "house",
            "floor")
        .map(WrittenWord::ascii)
        .toArray(byte[][]::new);
  }

  private static boolean ends(byte[] bytes, int to) {
    return to == bytes.length || Letters.isBoundary(bytes, to);
  }

  /**
   * Whether bytes of a text stand on either side. Bytes of zero may fill up what a device sends.
   */
  private static boolean isWithinText(byte[] bytes, int from, int to) {
    for (int at = from - 1; at >= 0 && at >= from - TEXT_AROUND; at--) {
      if (bytes[at] == 0 && (at == 0 || bytes[at - 1] == 0)) {
        break;
      }
      if (isControl(bytes[at])) {
        return false;
      }
    }
    for (int at = to; at < bytes.length && at < to + TEXT_AROUND; at++) {
      if (bytes[at] == 0 && (at + 1 == bytes.length || bytes[at + 1] == 0)) {
        break;
      }
      if (isControl(bytes[at])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isControl(byte b) {
    return b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r' || b == DELETE;
  }

  private static boolean isInLongRun(byte[] bytes, int from, int to) {
    int first = from;
    while (first > 0 && to - first < LONGEST_WORD_LIKE && isBase64(bytes[first - 1])) {
      first--;
    }
    int last = to;
    while (last < bytes.length && last - first < LONGEST_WORD_LIKE && isBase64(bytes[last])) {
      last++;
    }
    return last - first >= LONGEST_WORD_LIKE;
  }

  private static boolean isBase64(byte b) {
    return Letters.isLetter(b) || b >= '0' && b <= '9' || b == '+' || b == '/' || b == '=';
  }
}
