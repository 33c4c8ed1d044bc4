package org.linli.hub.registry.change;

import java.util.Comparator;
import org.linli.event.CommunityId;
import org.linli.hub.registry.file.Section;

/**
 * Something that community files describe.
 *
 * @param id its id in its section; of a community its own
 */
public record Item(CommunityId community, Section section, String id) implements Comparable<Item> {

  private static final Comparator<Item> ORDER =
      Comparator.comparing(Item::community).thenComparing(Item::section).thenComparing(Item::id);

  @Override
  public int compareTo(Item other) {
    return ORDER.compare(this, other);
  }
}
