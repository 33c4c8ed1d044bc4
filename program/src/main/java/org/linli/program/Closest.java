package org.linli.program;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds the known word that a mistyped one most likely meant. */
public final class Closest {

  private static final int MAX_EDITS = 2;
  private static final int MAX_LENGTH = 64;

  private Closest() {}

  /**
   * The closest known word; null when none is within {@value #MAX_EDITS} edits of one character.
   */
  public static @Nullable String to(String typed, Collection<String> known) {
    if (typed.length() > MAX_LENGTH) {
      return null;
    }
    String closest = null;
    int fewest = MAX_EDITS + 1;
    for (String word : known) {
      // Words that differ in length differ by at least that many edits.
      if (Math.abs(word.length() - typed.length()) < fewest) {
        int edits = edits(typed, word);
        if (edits < fewest && edits < word.length()) {
          fewest = edits;
          closest = word;
        }
      }
    }
    return closest;
  }

  /**
   * The number of edits between two words: characters left out, inserted, replaced, or swapped with
   * a neighbour (optimal string alignment).
   */
  public static int edits(String from, String to) {
    int[] beforeLast = new int[to.length() + 1];
    int[] last = new int[to.length() + 1];
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        row[j] = Math.min(last[j - 1] + (same ? 0 : 1), Math.min(last[j], row[j - 1]) + 1);
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
    }
    return last[to.length()];
  }
}
