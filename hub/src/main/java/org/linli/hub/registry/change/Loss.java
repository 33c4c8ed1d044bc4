package org.linli.hub.registry.change;

import java.util.Comparator;

/**
 * What a hub loses if it makes a difference.
 *
 * @param item what it is about
 * @param reason a word for programs, such as {@code only-supervisor}
 * @param zh what it is and what to do, in Chinese
 * @param en the same in English
 */
public record Loss(Item item, String reason, String zh, String en) implements Comparable<Loss> {

  private static final Comparator<Loss> ORDER =
      Comparator.comparing(Loss::item).thenComparing(Loss::reason).thenComparing(Loss::en);

  @Override
  public int compareTo(Loss other) {
    return ORDER.compare(this, other);
  }
}
