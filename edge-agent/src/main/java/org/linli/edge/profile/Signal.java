package org.linli.edge.profile;

import org.linli.event.Sha256;

/**
 * What a state is the state of, at one device.
 *
 * @param profile the profile or own mapping that reads it
 */
record Signal(String profile, String name) implements Comparable<Signal> {

  /** Begins the names of signals that are ids, of which each device has its newest. */
  static final String ID = "id/";

  /** Stands between a condition and its input. */
  static final String OF_CONDITION = "/";

  /** Longer names are replaced by their hashes. */
  private static final int LONGEST = 200;

  /** The name of a signal of a device's present hardware. Replaced hardware has its own. */
  static String named(String name, int generation) {
    String ofHardware = generation == 1 ? name : name + "#" + generation;
    return ofHardware.length() <= LONGEST
        ? ofHardware
        : (name.startsWith(ID) ? ID : "") + Sha256.hexOf(ofHardware);
  }

  /** Whether it is one of the inputs of a condition, which may hold. */
  boolean isOfCondition() {
    return !isId() && name.contains(OF_CONDITION);
  }

  boolean isId() {
    return name.startsWith(ID);
  }

  /** Keeps the hash table fast even if names were chosen to have the same hash. */
  @Override
  public int compareTo(Signal other) {
    int byName = name.compareTo(other.name);
    return byName != 0 ? byName : profile.compareTo(other.profile);
  }
}
