package org.linli.hub.alert;

/**
 * Where there can be one unresolved alert.
 *
 * @param source id of the device or gateway
 */
record Slot(String source, String key) implements Comparable<Slot> {

  static Slot of(Alert alert) {
    return new Slot(alert.cause().source().id(), alert.cause().key());
  }

  /** Keeps tables of these fast where devices' names were made to have the same hash. */
  @Override
  public int compareTo(Slot other) {
    int bySource = source.compareTo(other.source);
    return bySource != 0 ? bySource : key.compareTo(other.key);
  }
}
