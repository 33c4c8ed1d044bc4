package org.linli.edge.intake.coap;

import org.eclipse.californium.core.network.Outbox;
import org.eclipse.californium.core.network.stack.BaseCoapStack;
import org.eclipse.californium.core.network.stack.BlockwiseLayer;
import org.eclipse.californium.core.network.stack.CongestionControlLayer;
import org.eclipse.californium.core.network.stack.ExchangeCleanupLayer;
import org.eclipse.californium.core.network.stack.Layer;
import org.eclipse.californium.core.network.stack.ObserveLayer;
import org.eclipse.californium.elements.config.Configuration;

/**
 * Californium's layers, and between them the layers that limit blockwise messages and the size of
 * answers.
 *
 * <pre>
 *   deliverer ◀─ cleanup ◀─ observe ◀─ lists in blocks (RFC 7959) ◀─ uploads ◀─ size of answers ◀─ retransmission ◀─ socket
 * </pre>
 */
final class EventsStack extends BaseCoapStack {

  EventsStack(String tag, Configuration configuration, Outbox outbox, Uploads uploads) {
    super(outbox);
    setLayers(
        new Layer[] {
          new ExchangeCleanupLayer(configuration),
          new ObserveLayer(configuration),
          new BlockwiseLayer(tag, false, configuration),
          uploads,
          new Amplification(),
          CongestionControlLayer.newImplementation(tag, configuration)
        });
  }
}
