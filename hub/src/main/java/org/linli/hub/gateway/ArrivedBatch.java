package org.linli.hub.gateway;

import java.time.Instant;
import java.util.function.Consumer;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.Receipt;

/**
 * A batch as it arrived on a gateway's connection, not yet decoded.
 *
 * @param gateway the gateway on whose connection it arrived
 * @param lane the lane of the topic on which it arrived
 * @param receivedAt by the hub's clock
 * @param receipt sends the answer back over the same connection; called once, after everything is
 *     durable
 */
public record ArrivedBatch(
    GatewayId gateway, Lane lane, byte[] payload, Instant receivedAt, Consumer<Receipt> receipt) {

  /** The Camel endpoint that takes batches: a list of one connection and lane, in its order. */
  public static final String ENDPOINT = "direct:batch";
}
