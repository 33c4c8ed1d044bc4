package org.linli.rules;

import org.linli.event.GatewayId;

/**
 * Where an event stands among those of its device (delivery contract, point 3).
 *
 * @param epoch which life of the gateway's outbox
 * @param order the gateway's count for the device in that life
 */
public record Position(GatewayId gateway, long epoch, long order) {

  /**
   * Whether an event here is newer than one there. Two gateways do not count together, so that a
   * device which moved to another one is always believed.
   */
  public boolean isAfter(Position other) {
    if (!gateway.equals(other.gateway)) {
      return true;
    }
    return epoch == other.epoch ? order > other.order : epoch > other.epoch;
  }
}
