package org.linli.hub.records;

import org.jspecify.annotations.Nullable;

/**
 * Text that every database can store. PostgreSQL stores any character but U+0000, and SQLite ends a
 * text at it in some of its functions. Nobody writes that character on purpose; equipment and
 * programs send it by mistake.
 */
public final class Storable {

  private static final char NONE = '\0';
  private static final char REPLACEMENT = '\uFFFD';

  private Storable() {}

  /** Returns whether text from a person or program can be stored as it is. */
  public static boolean is(String text) {
    return text.indexOf(NONE) < 0;
  }

  /** Returns the text with U+FFFD in place of each U+0000; null for null. */
  public static @Nullable String orNull(@Nullable String text) {
    return text == null ? null : of(text);
  }

  /** Returns the text with U+FFFD in place of each U+0000. */
  public static String of(String text) {
    return text.replace(NONE, REPLACEMENT);
  }
}
