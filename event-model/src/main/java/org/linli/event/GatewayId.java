package org.linli.event;

/**
 * A gateway's name, unique at its hub: as {@link DeviceId}, at most 64 characters.
 *
 * @throws IllegalArgumentException from the constructor, naming the rule that was broken
 */
public record GatewayId(String value) {

  public static final int MAX_LENGTH = 64;

  public GatewayId {
    Names.require("gateway id", value, MAX_LENGTH);
  }

  @Override
  public String toString() {
    return value;
  }
}
