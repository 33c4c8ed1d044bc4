package org.linli.edge.profile;

import java.util.Objects;
import org.linli.edge.memory.HeapShare;
import org.linli.event.Kind;
import org.linli.program.memory.RecentMap;

/**
 * The supposed kind of a piece of equipment, derived from an earlier message, for its messages that
 * do not show it. Beyond its share of the heap, the equipment that has been silent longest is
 * forgotten. Thread-safe.
 */
public final class SupposedKinds {

  /** Number of instances: one for each profile that supposes kinds. */
  private static final int USERS = 3;

  private final RecentMap<String, Kind> kinds =
      new RecentMap<>(HeapShare.KINDS.bytes() / USERS, (name, kind) -> RecentMap.bytes(name));

  /** Records the kind of the equipment with this native name; an empty name is ignored. */
  public void remember(String name, Kind kind) {
    if (name.isEmpty()) {
      return;
    }
    synchronized (kinds) {
      kinds.put(name, kind);
    }
  }

  /** The kind that was recorded last; {@code environment} if there is none. */
  public Kind of(String name) {
    synchronized (kinds) {
      return Objects.requireNonNullElse(kinds.get(name), Kind.ENVIRONMENT);
    }
  }
}
