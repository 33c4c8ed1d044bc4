package org.linli.hub.gateway;

import java.util.List;
import org.linli.event.GatewayId;
import org.linli.event.Receipt;

/**
 * Knows how far each gateway's lanes were applied. A gateway receives this when it comes online.
 */
public interface AppliedSoFar {

  /**
   * Returns one receipt per lane, in the highest epoch known of this gateway; epoch 0 and sequence
   * 0 for a new gateway.
   */
  List<Receipt.Applied> of(GatewayId gateway);
}
