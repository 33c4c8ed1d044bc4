package org.linli.edge.profile.life;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A word of life safety as it is written.
 *
 * @param bytes with small letters
 * @param isExact whether no byte of it stands for a separator
 * @param match where it has to stand
 * @param means null if it is harmless, although a shorter one is in it
 */
@SuppressWarnings("ArrayRecordComponent") // of a table that nobody changes
record WrittenWord(byte[] bytes, boolean isExact, Match match, @Nullable LifeWord means) {

  /** In a word: one separator, or none. */
  private static final char PERHAPS_SEPARATED = '~';

  private static final String SEPARATORS = "-_ ./:+";

  /** In a word: a hyphen, an underscore, or none. */
  private static final char PERHAPS_JOINED = '^';

  private static final String JOINTS = "-_";

  /** Where a word has to stand. */
  enum Match {
    ANYWHERE,
    /** At the beginning of a word. */
    BEGINS,
    /** By itself. */
    ALONE,
    /** By itself, and said to be so: {@code "co":true}. */
    SAID,
    /** By itself, and called: {@code HELP}, {@code "help"}, {@code help=1}, a topic's level. */
    CALLED
  }

  static WrittenWord ofLetters(String text, Match match, @Nullable LifeWord means) {
    return new WrittenWord(ascii(text), false, match, means);
  }

  static byte[] ascii(String text) {
    return text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
  }

  /** Bytes of a text in any charset. A half of a character may look like a capital letter. */
  static WrittenWord ofBytes(byte[] text, LifeWord means) {
    byte[] bytes = text.clone();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = Letters.small(bytes[i]);
    }
    return new WrittenWord(bytes, true, Match.ANYWHERE, means);
  }

  /** Where it ends if it begins here; 0 if it does not stand here. */
  int end(byte[] text, int from) {
    int at = from;
    for (byte wanted : bytes) {
      if (!isExact && (wanted == PERHAPS_SEPARATED || wanted == PERHAPS_JOINED)) {
        String perhaps = wanted == PERHAPS_JOINED ? JOINTS : SEPARATORS;
        if (at < text.length && perhaps.indexOf(text[at]) >= 0) {
          at++;
        }
      } else if (at < text.length && Letters.small(text[at]) == wanted) {
        at++;
      } else {
        return 0;
      }
    }
    return at;
  }
}
