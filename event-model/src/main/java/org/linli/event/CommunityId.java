package org.linli.event;

/**
 * A community's name, unique at its hub: the rules of {@link DeviceId}, at most 64 characters.
 *
 * @throws IllegalArgumentException from the constructor, naming the rule that was broken
 */
public record CommunityId(String value) implements Comparable<CommunityId> {

  public static final int MAX_LENGTH = 64;

  public CommunityId {
    Names.require("community id", value, MAX_LENGTH);
  }

  /** Also keeps hash tables of names fast when names were made to collide. */
  @Override
  public int compareTo(CommunityId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
