package org.linli.hub.gateway;

import java.util.List;
import org.linli.event.GatewayId;
import org.linli.event.Receipt;

/** Knows how far each gateway's lanes were applied: what a gateway is told when it comes online. */
public interface AppliedSoFar {

  /**
   * One statement per lane in the highest epoch known of this gateway; epoch 0 and sequence 0 where
   * it is new.
   */
  List<Receipt.Applied> of(GatewayId gateway);
}
