package org.linli.edge.profile.format;

import java.util.Arrays;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Unreadable;

/** Where in a document of CBOR something is, so that a refusal can name it. */
final class CborPlace {

  private static final int NO_KEY = -1;

  private final byte[] bytes;

  /** What an entry of the outermost array is called. */
  private final String entryName;

  /** The current entry of the outermost array, from 1; 0 outside an array. */
  private int entry;

  /** Start positions of the keys that lead to the current item. */
  private final int[] keys;

  private boolean areNamesSure;

  /**
   * @param deepest most nested arrays and maps
   * @param areNamesSure whether what stands as a name may be told
   */
  CborPlace(byte[] bytes, String entryName, int deepest, boolean areNamesSure) {
    this.areNamesSure = areNamesSure;
    this.bytes = bytes;
    this.entryName = entryName;
    this.keys = new int[deepest + 1];
    Arrays.fill(keys, NO_KEY);
  }

  /**
   * @param number from 1; 0 outside the outermost array
   */
  void entry(long number) {
    entry = (int) Math.min(number, Integer.MAX_VALUE);
  }

  /**
   * @param start where the key of the current item in a map begins
   */
  void key(int depth, int start) {
    keys[depth] = start;
  }

  void noKey(int depth) {
    keys[depth] = NO_KEY;
  }

  /** What stands as a name may be a text. */
  void namesAreUnsure() {
    areNamesSure = false;
  }

  boolean areNamesSure() {
    return areNamesSure;
  }

  /** Whether the current item is the field of this name. */
  boolean isField(int depth, String name) {
    return keys[depth] != NO_KEY && CborName.at(bytes, keys[depth]).equals(name);
  }

  /** A refusal that names the byte, the entry and the field. */
  Unreadable refuse(RefusalReason reason, int start, String rule) {
    StringBuilder detail = new StringBuilder("byte ").append(start).append(": ");
    if (entry > 0) {
      detail.append(entryName).append(' ').append(entry).append(": ");
    }
    String field = field();
    if (!field.isEmpty()) {
      detail.append(areNamesSure ? field : UnsureName.shown(field)).append(": ");
    }
    return new Unreadable(reason, detail.append(rule).toString());
  }

  /** The names that lead to the current item; empty for none. */
  private String field() {
    StringBuilder field = new StringBuilder();
    for (int key : keys) {
      if (key != NO_KEY) {
        field.append(field.isEmpty() ? "" : ".").append(CborName.at(bytes, key));
      }
    }
    return field.toString();
  }
}
