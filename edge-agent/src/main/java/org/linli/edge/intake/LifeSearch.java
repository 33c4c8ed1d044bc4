package org.linli.edge.intake;

import org.jspecify.annotations.Nullable;

/** Finds words of life safety in bytes that a door does not keep (decision 0066). Thread-safe. */
@FunctionalInterface
public interface LifeSearch {

  /** Finds nothing. */
  LifeSearch NONE = (bytes, length, from, to) -> null;

  /**
   * The first word that begins within a part of some bytes; null for none. What stands around that
   * part decides whether a word counts.
   *
   * @param length how many of the bytes there are
   * @return found again by whoever looks at it by itself
   */
  @Nullable String first(byte[] bytes, int length, int from, int to);
}
