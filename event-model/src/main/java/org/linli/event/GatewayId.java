package org.linli.event;

/**
 * A gateway's name, unique at its hub: the rules of {@link DeviceId}, at most 64 characters.
 *
 * @throws IllegalArgumentException from the constructor, naming the rule that was broken
 */
public record GatewayId(String value) implements Comparable<GatewayId> {

  public static final int MAX_LENGTH = 64;

  public GatewayId {
    Names.require("gateway id", value, MAX_LENGTH);
  }

  /** Also keeps hash tables of names fast when names were made to collide. */
  @Override
  public int compareTo(GatewayId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
