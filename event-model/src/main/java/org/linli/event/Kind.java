package org.linli.event;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kind of equipment. A closed set: the gateway refuses an unknown kind. */
public enum Kind {
  ACCESS,
  CAMERA,
  ELEVATOR,
  PARKING,
  ENVIRONMENT,
  CARE,
  POWER,
  PARCEL;

  private static final Map<String, Kind> BY_WIRE_NAME =
      Stream.of(values()).collect(Collectors.toMap(Kind::wireName, Function.identity()));

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name used in topics, paths, files and JSON: the constant's name in lower case. */
  public String wireName() {
    return wireName;
  }

  /** The kind with this wire name; empty for a name that is none. */
  public static Optional<Kind> ofWireName(String name) {
    return Optional.ofNullable(BY_WIRE_NAME.get(name));
  }

  @Override
  public String toString() {
    return wireName;
  }
}
