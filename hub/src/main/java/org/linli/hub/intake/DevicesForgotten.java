package org.linli.hub.intake;

import java.time.Instant;
import org.linli.event.GatewayId;
import org.linli.event.Lane;

/**
 * A gateway has sent events of more unregistered devices than are remembered. The hub begins to
 * forget those that it heard from first. Published within a transaction, when forgetting begins.
 *
 * @param devices how many are remembered
 */
public record DevicesForgotten(
    GatewayId gateway, long epoch, Lane lane, long sequence, long devices, Instant at)
    implements LaneProblem {

  @Override
  public String what() {
    return "devices-forgotten";
  }
}
