package org.linli.hub.intake;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.event.EventType;
import org.linli.event.EventTypes;
import org.linli.event.Kind;
import org.linli.program.Closest;

/**
 * Finds the known type that an unknown type was most likely meant to be, such as {@code
 * door.forced} for {@code door.frced}. Unknown types are allowed, but a mistyped one opens no
 * alert.
 */
public final class SimilarType {

  private static final int LONG_ENOUGH_FOR_TWO = 10;

  private static final Map<Kind, List<EventType>> KNOWN = known();

  private SimilarType() {}

  /**
   * Returns the similar type; null if the type is known for this kind or is not close to a known
   * one.
   */
  public static @Nullable EventType of(Kind kind, EventType type) {
    if (EventTypes.find(kind, type).isPresent()) {
      return null;
    }
    EventType nearest = null;
    int fewest = Integer.MAX_VALUE;
    for (EventType known : KNOWN.getOrDefault(kind, List.of())) {
      if (Math.abs(known.value().length() - type.value().length()) <= 2) {
        int edits = Closest.edits(type.value(), known.value());
        // Of two equally close types the longer one is taken: letters are left out more often than
        // added.
        boolean nearer =
            edits < fewest
                || edits == fewest
                    && nearest != null
                    && known.value().length() > nearest.value().length();
        if (nearer && isSlip(type.value(), known.value(), edits)) {
          fewest = edits;
          nearest = known;
        }
      }
    }
    return nearest;
  }

  /**
   * Returns whether the difference is a typing error: one edit, or two in a longer word that begins
   * correctly. {@code battery.ok} is not a mistyped {@code battery.low}.
   */
  private static boolean isSlip(String typed, String known, int edits) {
    return edits == 1
        || edits == 2 && known.length() >= LONG_ENOUGH_FOR_TWO && sameBeginnings(typed, known);
  }

  private static boolean sameBeginnings(String one, String other) {
    return beginnings(one).equals(beginnings(other));
  }

  private static String beginnings(String type) {
    return type.replaceAll("([a-z0-9])[a-z0-9]*", "$1");
  }

  private static Map<Kind, List<EventType>> known() {
    Map<Kind, List<EventType>> known = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      known.put(
          kind,
          EventTypes.all().stream()
              .filter(entry -> entry.kind() == null || entry.kind() == kind)
              .map(EventTypes.Entry::type)
              .toList());
    }
    return known;
  }
}
