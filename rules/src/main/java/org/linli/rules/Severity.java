package org.linli.rules;

import java.util.Locale;

/** Perceived severity of an alert, ITU-T X.733 section 8.1.2.3, most serious first. */
public enum Severity {
  CRITICAL,
  MAJOR,
  MINOR,
  WARNING;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name used in tables, files and JSON. */
  public String wireName() {
    return wireName;
  }

  @Override
  public String toString() {
    return wireName;
  }
}
