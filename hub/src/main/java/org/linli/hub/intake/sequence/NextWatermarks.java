package org.linli.hub.intake.sequence;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.linli.event.Batch;
import org.linli.event.GatewayId;
import org.linli.event.Lane;

/**
 * The watermarks that will hold once everything accepted so far is committed: the present ones,
 * moved on by each batch.
 */
public final class NextWatermarks {

  private final Watermarks watermarks;
  private final Map<GatewayId, Map<Lane, Watermark>> byGateway = new HashMap<>();

  public NextWatermarks(Watermarks watermarks) {
    this.watermarks = watermarks;
  }

  public Watermark of(GatewayId gateway, Lane lane) {
    return lanes(gateway).computeIfAbsent(lane, missing -> watermarks.current(gateway, missing));
  }

  /** Accepts a batch and returns the new watermark of its lane. A new epoch restarts all lanes. */
  public Watermark advance(Batch batch) {
    Map<Lane, Watermark> lanes = lanes(batch.gateway());
    if (batch.epoch() > of(batch.gateway(), batch.lane()).epoch()) {
      for (Lane lane : Lane.values()) {
        lanes.put(lane, Watermark.before(batch.epoch()));
      }
    }
    Watermark next = of(batch.gateway(), batch.lane()).after(batch);
    lanes.put(batch.lane(), next);
    return next;
  }

  private Map<Lane, Watermark> lanes(GatewayId gateway) {
    return byGateway.computeIfAbsent(gateway, first -> new EnumMap<>(Lane.class));
  }
}
