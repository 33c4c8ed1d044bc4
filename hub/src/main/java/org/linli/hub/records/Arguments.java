package org.linli.hub.records;

import org.jspecify.annotations.Nullable;

/** The arguments of one of several statements that are executed together. */
public final class Arguments {

  private Arguments() {}

  @SuppressWarnings("NullAway") // an argument may be null, which JDBC's interfaces do not say
  public static Object[] of(@Nullable Object... arguments) {
    return arguments;
  }
}
