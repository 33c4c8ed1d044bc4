package org.linli.rules;

import org.linli.event.GatewayId;

/**
 * The place of an event in the order of its device's events (delivery contract, point 3).
 *
 * @param epoch which life of the gateway's outbox
 * @param order the gateway's count for the device in that life
 */
public record Position(GatewayId gateway, long epoch, long order) {

  /**
   * Whether this event is newer than the other. Two gateways do not share a count, so an event from
   * another gateway always counts as newer: the device may have moved.
   */
  public boolean isAfter(Position other) {
    if (!gateway.equals(other.gateway)) {
      return true;
    }
    return epoch == other.epoch ? order > other.order : epoch > other.epoch;
  }
}
