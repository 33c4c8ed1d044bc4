package org.linli.hub.alert;

/**
 * A place for at most one unresolved alert.
 *
 * @param source id of the device or gateway
 */
record Slot(String source, String key) implements Comparable<Slot> {

  static Slot of(Alert alert) {
    return new Slot(alert.cause().source().id(), alert.cause().key());
  }

  /** Keeps hash tables of these fast if devices' names were chosen to have equal hash codes. */
  @Override
  public int compareTo(Slot other) {
    int bySource = source.compareTo(other.source);
    return bySource != 0 ? bySource : key.compareTo(other.key);
  }
}
