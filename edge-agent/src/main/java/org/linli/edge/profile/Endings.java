package org.linli.edge.profile;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.event.EventType;

/** Which types end an alarm of another type, by the rules that every hub has. */
final class Endings {

  private static final Map<EventType, Set<EventType>> ENDED = new HashMap<>();
  private static final Map<EventType, EventType> ENDS = new HashMap<>();

  static {
    ends("door.secured", "door.forced");
    ends("door.closed", "door.held-open");
    ends("video.restored", "video.lost");
    ends("passenger.released", "passenger.trapped");
    ends("fault.cleared", "door.fault", "stopped-off-level");
    ends("fire-lane.freed", "fire-lane.occupied");
    ends("smoke.cleared", "smoke.detected");
    ends("gas.cleared", "gas.detected");
    ends("water.cleared", "water.leak");
    ends("charger.normal", "charger.overheated");
    ends("supply.restored", "supply.lost");
    ends("maintenance.done", "maintenance.due");
    ENDED.forEach((end, alarms) -> alarms.forEach(alarm -> ENDS.put(alarm, end)));
  }

  private Endings() {}

  private static void ends(String end, String... alarms) {
    ENDED.put(
        new EventType(end),
        Stream.of(alarms).map(EventType::new).collect(Collectors.toUnmodifiableSet()));
  }

  /** The alarms that a type ends; none for an alarm, or for what only happens. */
  static Set<EventType> endedBy(EventType type) {
    return ENDED.getOrDefault(type, Set.of());
  }

  static boolean hasEnd(EventType type) {
    return ENDS.containsKey(type);
  }

  /** The type that ends an alarm; null if only a person does. */
  static @Nullable EventType endOf(EventType alarm) {
    return ENDS.get(alarm);
  }
}
