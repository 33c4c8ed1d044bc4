package org.linli.hub.registry;

import java.util.Locale;

/** What a person does in the community. */
public enum Role {
  /** Is responsible for the community; receives what nobody else is there for. */
  SUPERVISOR,
  /** Watches the screens around the clock. */
  MONITORING_ROOM,
  /** Looks after one or more grids (网格员), on duty by the roster. */
  GRID_WORKER,
  /** Repairs: elevators, doors, pumps. */
  MAINTENANCE;

  private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** Returns the name used in files and JSON, such as {@code grid-worker}. */
  public String wireName() {
    return wireName;
  }

  @Override
  public String toString() {
    return wireName;
  }
}
