package org.linli.edge.profile;

import java.util.LinkedHashMap;
import java.util.Map;
import org.linli.event.Kind;

/**
 * What kind a piece of equipment seems to be by what it once said, for its messages that do not
 * tell. Past {@value #MOST} pieces the one that has been silent longest is forgotten.
 */
public final class SupposedKinds {

  private static final int MOST = 50_000;

  private final Map<String, Kind> kinds = new LinkedHashMap<>(16, 0.75f, true);

  /** Notes it for the equipment of this native name; an empty name is nobody's. */
  public void remember(String name, Kind kind) {
    if (name.isEmpty()) {
      return;
    }
    synchronized (kinds) {
      kinds.put(name, kind);
      if (kinds.size() > MOST) {
        kinds.remove(kinds.keySet().iterator().next());
      }
    }
  }

  /** What was noted last; {@code environment} where nothing was. */
  public Kind of(String name) {
    synchronized (kinds) {
      return kinds.getOrDefault(name, Kind.ENVIRONMENT);
    }
  }
}
