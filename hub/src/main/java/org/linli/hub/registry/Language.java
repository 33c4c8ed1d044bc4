package org.linli.hub.registry;

import java.util.Locale;

/** A language that a person is written to in. */
public enum Language {
  ZH,
  EN;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name used in files and JSON: {@code zh} or {@code en}. */
  public String wireName() {
    return wireName;
  }

  @Override
  public String toString() {
    return wireName;
  }
}
