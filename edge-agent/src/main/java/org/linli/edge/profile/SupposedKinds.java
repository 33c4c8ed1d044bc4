package org.linli.edge.profile;

import java.util.Objects;
import org.linli.edge.memory.HeapShare;
import org.linli.event.Kind;
import org.linli.program.memory.RecentMap;

/**
 * What kind a piece of equipment seems to be by what it once said, for its messages that do not
 * tell. Past its share of the heap the one that has been silent longest is forgotten.
 */
public final class SupposedKinds {

  /** There is one of these for each profile that supposes. */
  private static final int USERS = 2;

  private final RecentMap<String, Kind> kinds =
      new RecentMap<>(HeapShare.KINDS.bytes() / USERS, (name, kind) -> RecentMap.bytes(name));

  /** Notes it for the equipment of this native name; an empty name is nobody's. */
  public void remember(String name, Kind kind) {
    if (name.isEmpty()) {
      return;
    }
    synchronized (kinds) {
      kinds.put(name, kind);
    }
  }

  /** What was noted last; {@code environment} where nothing was. */
  public Kind of(String name) {
    synchronized (kinds) {
      return Objects.requireNonNullElse(kinds.get(name), Kind.ENVIRONMENT);
    }
  }
}
