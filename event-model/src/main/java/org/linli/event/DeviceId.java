package org.linli.event;

/**
 * A device's name, unique in its community: 1 to 128 letters, digits, {@code - _ . :} or {@code @},
 * not starting with a dot and without two dots in a row, so that it can stand in a topic, a path
 * and a file name.
 *
 * @throws IllegalArgumentException from the constructor, naming the rule that was broken
 */
public record DeviceId(String value) implements Comparable<DeviceId> {

  public static final int MAX_LENGTH = 128;

  public DeviceId {
    Names.require("device id", value, MAX_LENGTH);
  }

  /** Also keeps hash tables of names fast when names were made to collide. */
  @Override
  public int compareTo(DeviceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
