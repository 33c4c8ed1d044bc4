package org.linli.program.thread;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An unexpected throwable from a thread, or a thread without signs of life.
 *
 * @param thread the thread's name
 * @param about the gateway whose work it was, at the hub; null when it concerns all
 * @param cause the throwable's class and message, its sentence if it is {@link InPlainWords}, or
 *     how long the thread is silent; at most {@value #LONGEST} characters
 * @param at by the program's clock
 */
public record Failure(String thread, @Nullable String about, String cause, Instant at) {

  public static final int LONGEST = 300;

  static Failure silent(String thread, Duration longestSilence, Instant at) {
    String cause = "no sign of life for " + longestSilence.toSeconds() + " s";
    return new Failure(thread, null, cause, at);
  }

  static Failure of(String thread, @Nullable String about, Throwable thrown, Instant at) {
    String cause = thrown instanceof InPlainWords plain ? plain.sentence() : thrown.toString();
    return new Failure(thread, about, shortened(cause), at);
  }

  /** At the end of a word, with an ellipsis; a word that is too long is cut. */
  private static String shortened(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = text.lastIndexOf(' ', LONGEST - 1);
    if (end < LONGEST / 2) {
      end = Character.isHighSurrogate(text.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
    }
    return text.substring(0, end) + "…";
  }
}
