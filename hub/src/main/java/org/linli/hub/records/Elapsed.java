package org.linli.hub.records;

/** Measures elapsed time, whatever clocks show. */
@FunctionalInterface
public interface Elapsed {

  /** Returns the nanoseconds since an arbitrary moment, as {@link System#nanoTime}. */
  long nanos();
}
