package org.linli.hub.intake;

import java.time.Instant;
import org.linli.event.GatewayId;
import org.linli.event.Lane;

/**
 * A gateway told of more devices that nobody registered than are remembered, and the hub begins to
 * forget those that were heard first. Published within a transaction, when it begins.
 *
 * @param devices how many are remembered
 */
public record DevicesForgotten(
    GatewayId gateway, long epoch, Lane lane, long sequence, long devices, Instant at)
    implements Finding {

  @Override
  public String what() {
    return "devices-forgotten";
  }
}
