package org.linli.hub.intake;

import java.time.Instant;
import org.linli.event.GatewayId;
import org.linli.event.Lane;

/**
 * A gateway told another history than what was applied of it before: a restored disk, or two under
 * one identity. Published within a transaction, each time it is told.
 */
public record BatchContradicted(GatewayId gateway, long epoch, Lane lane, long sequence, Instant at)
    implements Finding {

  @Override
  public String what() {
    return "history-differs";
  }
}
