package org.linli.hub.organisation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.linli.event.CommunityId;
import org.linli.hub.registry.CommunityRegistry;

/**
 * Names a node of the organisation for the whole hub, as {@code sub-district/xincheng}. Grids and
 * buildings have ids that are unique in their community only, so their names have it: {@code
 * building/west/b1}.
 *
 * @param id empty for the platform
 */
public record NodeId(Level level, String id) implements Comparable<NodeId> {

  private static final Comparator<NodeId> ORDER =
      Comparator.comparing(NodeId::level).thenComparing(NodeId::id);

  public static final NodeId PLATFORM = new NodeId(Level.PLATFORM, "");

  static NodeId community(CommunityId id) {
    return new NodeId(Level.COMMUNITY, id.value());
  }

  static NodeId in(CommunityRegistry community, Level level, String id) {
    return new NodeId(level, community.id() + "/" + id);
  }

  /**
   * Reads the written form. That there is such a node is not checked.
   *
   * @throws IllegalArgumentException if no node has such a name, without a full stop
   */
  public static NodeId parse(String text) {
    if (text.equals(PLATFORM.toString())) {
      return PLATFORM;
    }
    int slash = text.indexOf('/');
    for (Level level : Level.values()) {
      if (level != Level.PLATFORM
          && slash == level.wireName().length()
          && text.startsWith(level.wireName())
          && slash + 1 < text.length()) {
        return new NodeId(level, text.substring(slash + 1));
      }
    }
    throw new IllegalArgumentException(
        "write platform, or a level and an id as in sub-district/xincheng; the levels are "
            + Arrays.stream(Level.values())
                .skip(1)
                .map(Level::wireName)
                .collect(Collectors.joining(", ")));
  }

  @Override
  public int compareTo(NodeId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return level == Level.PLATFORM ? level.wireName() : level.wireName() + "/" + id;
  }
}
