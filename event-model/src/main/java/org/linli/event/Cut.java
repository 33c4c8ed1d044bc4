package org.linli.event;

/** Shortens texts between characters, never inside a surrogate pair. */
final class Cut {

  private Cut() {}

  static String to(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }
}
