package org.linli.hub.alert.watch;

/**
 * A place for at most one unresolved alert.
 *
 * @param source id of the device or gateway
 */
public record AlertKey(String source, String key) implements Comparable<AlertKey> {

  /** Keeps hash tables of these fast if devices' names were chosen to have equal hash codes. */
  @Override
  public int compareTo(AlertKey other) {
    int bySource = source.compareTo(other.source);
    return bySource != 0 ? bySource : key.compareTo(other.key);
  }
}
