package org.linli.hub.intake;

import java.time.Instant;
import org.linli.event.GatewayId;
import org.linli.event.Lane;

/**
 * A batch of a gateway contradicts what was applied of that gateway before: its disk was restored,
 * or two agents use one identity. Published within a transaction, each time it happens.
 */
public record BatchContradicted(GatewayId gateway, long epoch, Lane lane, long sequence, Instant at)
    implements LaneProblem {

  @Override
  public String what() {
    return "history-differs";
  }
}
