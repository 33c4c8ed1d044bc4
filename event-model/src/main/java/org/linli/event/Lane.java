package org.linli.event;

import java.util.Locale;

/**
 * The two queues that events travel in; {@link EventTypes} assigns them (delivery contract, point
 * 4).
 */
public enum Lane {
  /** Critical and major events and the events that clear them. */
  URGENT,
  /** Everything else. */
  BULK;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name used in topics, tables and JSON. */
  public String wireName() {
    return wireName;
  }

  @Override
  public String toString() {
    return wireName;
  }
}
