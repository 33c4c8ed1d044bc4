package org.linli.event;

/** The one rule for names that travel in topics, paths and file names. */
final class Names {

  private static final String SIGNS = "-_.:@";

  /** Whether a character of ASCII is allowed; a table, as this runs for each name of a message. */
  private static final boolean[] ASCII = new boolean[128];

  static {
    for (char c = 0; c < ASCII.length; c++) {
      ASCII[c] = Character.isLetterOrDigit(c) || SIGNS.indexOf(c) >= 0;
    }
  }

  private Names() {}

  static void require(String what, String value, int maxLength) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(what + " is empty");
    }
    if (value.length() > maxLength) {
      throw new IllegalArgumentException(
          what + " has " + value.length() + " characters, at most " + maxLength + " are allowed");
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ASCII.length ? !ASCII[c] : !Character.isLetterOrDigit(c)) {
        throw new IllegalArgumentException(
            "%s has character U+%04X at position %d; letters, digits and - _ . : @ are allowed"
                .formatted(what, (int) c, i + 1));
      }
      if (c == '.' && (i == 0 || value.charAt(i - 1) == '.')) {
        throw new IllegalArgumentException(what + " has a leading dot or two dots in a row");
      }
    }
  }
}
