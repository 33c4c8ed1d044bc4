package org.linli.hub.registry.file;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The known word that a mistyped one was most likely meant to be. */
final class Closest {

  private static final int MAX_EDITS = 2;
  private static final int MAX_LENGTH = 40;

  private Closest() {}

  /** Null where no word is within {@value #MAX_EDITS} edits of one character. */
  static @Nullable String to(String typed, List<String> known) {
    if (typed.length() > MAX_LENGTH) {
      return null;
    }
    String closest = null;
    int fewest = MAX_EDITS + 1;
    for (String word : known) {
      int edits = edits(typed, word);
      if (edits < fewest && edits < word.length()) {
        fewest = edits;
        closest = word;
      }
    }
    return closest;
  }

  /** Levenshtein's distance. */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
