package org.linli.hub.records;

/** Time that passes, whatever clocks show. */
@FunctionalInterface
public interface Elapsed {

  /** In nanoseconds since some moment, as {@link System#nanoTime}. */
  long nanos();
}
