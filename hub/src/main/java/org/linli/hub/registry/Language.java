package org.linli.hub.registry;

import java.util.Locale;

/** The language for messages to a person. */
public enum Language {
  ZH,
  EN;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** Returns the name used in files and JSON: {@code zh} or {@code en}. */
  public String wireName() {
    return wireName;
  }

  @Override
  public String toString() {
    return wireName;
  }
}
