package org.linli.hub.organisation;

import java.util.Locale;

/** The levels of the organisation, from the top. */
public enum Level {
  PLATFORM,
  CITY,
  /** 街道. */
  SUB_DISTRICT,
  COMMUNITY,
  GRID,
  BUILDING;

  private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** Returns the name used in files and JSON, such as {@code sub-district}. */
  public String wireName() {
    return wireName;
  }
}
