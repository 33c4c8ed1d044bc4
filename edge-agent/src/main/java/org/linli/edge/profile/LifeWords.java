package org.linli.edge.profile;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.event.Kind;

/**
 * Finds words of life safety in bytes that nobody could read: smoke, gas, carbon monoxide, SOS,
 * fall, trapped and their like, in English in any case, and in Chinese in UTF-8 and GBK, also
 * behind JSON's escapes and percent-encoding. One pass over the bytes, whatever is in them, and one
 * more if something in them is escaped.
 *
 * <p>A short word counts only by itself ({@code SOS_1}, {@code gasLeak}, {@code SOSPressed}, not
 * {@code vegas}) or together with another ({@code firealarm}, {@code falldetection}), and not
 * within the text form of a picture (base64), where any three letters turn up.
 */
final class LifeWords {

  /** In a word: one separator, or none. */
  private static final char PERHAPS_SEPARATED = '~';

  private static final String SEPARATORS = "-_ ./:";

  /** In a word: a hyphen, an underscore, or none. */
  private static final char PERHAPS_JOINED = '^';

  private static final String JOINTS = "-_";

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

  static final Charset GBK = Charset.forName("GB18030");

  private static final LifeWord SMOKE = new LifeWord("smoke", Kind.ENVIRONMENT);
  private static final LifeWord GAS = new LifeWord("gas", Kind.ENVIRONMENT);
  private static final LifeWord MONOXIDE = new LifeWord("carbon monoxide", Kind.ENVIRONMENT);
  private static final LifeWord FIRE = new LifeWord("fire", Kind.ENVIRONMENT);
  private static final LifeWord SOS = new LifeWord("SOS", Kind.CARE);
  private static final LifeWord FALL = new LifeWord("fall", Kind.CARE);
  private static final LifeWord EMERGENCY = new LifeWord("emergency", Kind.CARE);
  private static final LifeWord TRAPPED = new LifeWord("trapped", Kind.ELEVATOR);

  /** By their first byte; among those with the same one, longer words come first. */
  private static final Written[][] BY_FIRST_BYTE = table();

  private LifeWords() {}

  /**
   * A word as it is written.
   *
   * @param bytes with small letters
   * @param match where it has to stand
   * @param means null if it is harmless, although a shorter one is in it
   */
  private record Written(byte[] bytes, Match match, @Nullable LifeWord means) {

    boolean stands(byte[] text, int from, int to) {
      return switch (match) {
        case ANYWHERE -> true;
        case BEGINS -> begins(text, from);
        case ALONE -> begins(text, from) && ends(text, to);
        case SAID -> AffirmedWord.matches(text, from, to);
      };
    }
  }

  /** Where a word has to stand. */
  private enum Match {
    ANYWHERE,
    /** At the beginning of a word. */
    BEGINS,
    /** By itself. */
    ALONE,
    /** By itself, and said to be so: {@code "co":true}. */
    SAID
  }

  /** The first word in a message; null for none. */
  static @Nullable LifeWord first(byte[] bytes) {
    return first(bytes, bytes.length);
  }

  /**
   * As above.
   *
   * @param most bytes that are looked at
   */
  static @Nullable LifeWord first(byte[] bytes, int most) {
    return masked(bytes.length > most ? Arrays.copyOf(bytes, most) : bytes, true);
  }

  /** The first word in a topic, a path or a name; null for none. */
  static @Nullable LifeWord first(String name) {
    return masked(name.getBytes(StandardCharsets.UTF_8), false);
  }

  /** Also behind escapes; what is plain to see counts in any case. */
  private static @Nullable LifeWord masked(byte[] bytes, boolean mayBePicture) {
    LifeWord plain = first(bytes, mayBePicture);
    return plain != null || !Escapes.mayHave(bytes)
        ? plain
        : first(Escapes.undone(bytes), mayBePicture);
  }

  /**
   * The first word that begins within a part of a stream of any bytes, such as pictures; null for
   * none. Short words count between texts only: in a picture of some megabytes each is there.
   *
   * @param length how many of the bytes there are
   */
  static @Nullable LifeWord firstWithin(byte[] bytes, int length, int from, int to) {
    byte[] all = bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
    LifeWord plain = first(all, from, to, true, true);
    if (plain != null || !Escapes.mayHave(all)) {
      return plain;
    }
    byte[] undone = Escapes.undone(all);
    int before = Escapes.undone(Arrays.copyOf(all, from)).length;
    int after = Escapes.undone(Arrays.copyOfRange(all, to, length)).length;
    // An escape may be cut in two where the part begins or ends.
    return first(
        undone,
        from == 0 ? 0 : Math.max(0, before - LONGEST_ESCAPE),
        to == length
            ? undone.length
            : Math.min(undone.length, undone.length - after + LONGEST_ESCAPE),
        true,
        true);
  }

  private static @Nullable LifeWord first(byte[] bytes, boolean mayBePicture) {
    return first(bytes, 0, bytes.length, mayBePicture, false);
  }

  private static @Nullable LifeWord first(
      byte[] bytes, int from, int to, boolean mayBePicture, boolean isStream) {
    int at = from;
    while (at < to) {
      int next = at + 1;
      for (Written word : BY_FIRST_BYTE[small(bytes[at]) & 0xFF]) {
        int end = end(word.bytes(), bytes, at);
        if (end > 0
            && word.stands(bytes, at, end)
            && (!isStream && word.match() == Match.ANYWHERE
                || !(mayBePicture && isInLongRun(bytes, at, end)))
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

  /** Where a word that begins here ends; 0 if it does not stand here. */
  private static int end(byte[] word, byte[] bytes, int from) {
    int at = from;
    for (byte wanted : word) {
      if (wanted == PERHAPS_SEPARATED || wanted == PERHAPS_JOINED) {
        String perhaps = wanted == PERHAPS_JOINED ? JOINTS : SEPARATORS;
        if (at < bytes.length && perhaps.indexOf(bytes[at]) >= 0) {
          at++;
        }
      } else if (at < bytes.length && small(bytes[at]) == wanted) {
        at++;
      } else {
        return 0;
      }
    }
    return at;
  }

  private static boolean begins(byte[] bytes, int from) {
    return from == 0 || isBoundary(bytes, from) || isAfterRoom(bytes, from);
  }

  private static boolean isAfterRoom(byte[] bytes, int from) {
    for (byte[] room : ROOMS) {
      int first = from - room.length;
      if (first >= 0
          && end(room, bytes, first) == from
          && (first == 0 || isBoundary(bytes, first))) {
        return true;
      }
    }
    return false;
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
        .map(LifeWords::ascii)
        .toArray(byte[][]::new);
  }

  private static boolean ends(byte[] bytes, int to) {
    return to == bytes.length || isBoundary(bytes, to);
  }

  /** A change of case parts words as well: {@code gasLeak}, {@code SOSPressed}. */
  private static boolean isBoundary(byte[] bytes, int at) {
    return !isLetter(bytes[at - 1])
        || !isLetter(bytes[at])
        || isCapital(bytes[at])
            && (!isCapital(bytes[at - 1])
                || at + 1 < bytes.length && isLetter(bytes[at + 1]) && !isCapital(bytes[at + 1]));
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
    return isLetter(b) || b >= '0' && b <= '9' || b == '+' || b == '/' || b == '=';
  }

  private static boolean isLetter(byte b) {
    byte small = small(b);
    return small >= 'a' && small <= 'z';
  }

  private static boolean isCapital(byte b) {
    return b >= 'A' && b <= 'Z';
  }

  private static byte small(byte b) {
    return isCapital(b) ? (byte) (b + ('a' - 'A')) : b;
  }

  private static Written[][] table() {
    List<Written> words = new ArrayList<>();
    anywhere(words, SMOKE, "smoke");
    alone(words, GAS, "gas", "gases");
    anywhere(words, MONOXIDE, "monoxide");
    begins(words, MONOXIDE, "co~alarm", "co~detect", "co~leak");
    begins(words, MONOXIDE, "co^status", "co^state", "co^level", "co^sensor", "co^warning");
    words.add(new Written(ascii("co"), Match.SAID, MONOXIDE));
    begins(words, GAS, "gas~alarm", "gas~alert", "gas~detect", "gas~leak", "gas~sensor");
    alone(words, FIRE, "fire");
    anywhere(words, FIRE, "fire~alarm", "fire~alert", "fire~detect");
    alone(words, SOS, "sos");
    anywhere(words, SOS, "sos~alarm", "sos~alert", "sos~button", "sos~call");
    alone(words, FALL, "fall", "falls", "fallen", "falling");
    begins(words, FALL, "fall~alarm", "fall~alert", "fall~detect", "fall~down");
    alone(words, EMERGENCY, "panic");
    anywhere(words, EMERGENCY, "emergency");
    begins(words, FALL, "man~down");
    anywhere(words, TRAPPED, "trapped", "entrapment");
    words.add(new Written(ascii("fire~lane"), Match.ANYWHERE, null));
    words.add(new Written(ascii("fall~back"), Match.ANYWHERE, null));
    chinese(words, Kind.ENVIRONMENT, "烟雾", "烟感", "火警", "火灾", "着火", "燃气", "煤气", "天然气", "一氧化碳", "瓦斯");
    chinese(
        words, Kind.CARE, "紧急求助", "紧急呼叫", "紧急报警", "求助", "求救", "救命", "呼救", "摔倒", "跌倒", "晕倒", "溺水");
    chinese(words, Kind.ELEVATOR, "困人", "被困");
    words.sort((one, other) -> other.bytes().length - one.bytes().length);
    Written[][] table = new Written[256][];
    for (int first = 0; first < table.length; first++) {
      byte wanted = (byte) first;
      table[first] =
          words.stream().filter(word -> word.bytes()[0] == wanted).toArray(Written[]::new);
    }
    return table;
  }

  private static void alone(List<Written> words, LifeWord means, String... written) {
    for (String each : written) {
      words.add(new Written(ascii(each), Match.ALONE, means));
    }
  }

  private static void begins(List<Written> words, LifeWord means, String... written) {
    for (String each : written) {
      words.add(new Written(ascii(each), Match.BEGINS, means));
    }
  }

  private static void anywhere(List<Written> words, LifeWord means, String... written) {
    for (String each : written) {
      words.add(new Written(ascii(each), Match.ANYWHERE, means));
    }
  }

  private static void chinese(List<Written> words, Kind kind, String... written) {
    for (String each : written) {
      LifeWord means = new LifeWord(each, kind);
      words.add(new Written(each.getBytes(StandardCharsets.UTF_8), Match.ANYWHERE, means));
      words.add(new Written(each.getBytes(GBK), Match.ANYWHERE, means));
    }
  }

  private static byte[] ascii(String text) {
    return text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
  }
}
