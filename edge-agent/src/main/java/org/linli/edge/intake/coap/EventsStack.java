package org.linli.edge.intake.coap;

import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.network.Outbox;
import org.eclipse.californium.core.network.stack.AbstractLayer;
import org.eclipse.californium.core.network.stack.BaseCoapStack;
import org.eclipse.californium.core.network.stack.BlockwiseLayer;
import org.eclipse.californium.core.network.stack.CongestionControlLayer;
import org.eclipse.californium.core.network.stack.ExchangeCleanupLayer;
import org.eclipse.californium.core.network.stack.Layer;
import org.eclipse.californium.core.network.stack.ObserveLayer;
import org.eclipse.californium.elements.config.Configuration;

/**
 * Californium's layers, with few unfinished uploads at a time, and with a layer that makes a dead
 * letter of an upload that Californium refuses by itself.
 *
 * <pre>
 *   deliverer ◀─ cleanup ◀─ observe ◀─ blocks (RFC 7959) ◀─ refused uploads ◀─ retransmission ◀─ socket
 * </pre>
 */
final class EventsStack extends BaseCoapStack {

  EventsStack(
      String tag,
      Configuration configuration,
      Outbox outbox,
      CoapSettings settings,
      CoapMessages messages) {
    super(outbox);
    // This layer sizes its table by the number of peers, and each entry holds a whole message.
    Configuration few =
        new Configuration(configuration)
            .set(CoapConfig.MAX_ACTIVE_PEERS, settings.unfinishedMessages());
    setLayers(
        new Layer[] {
          new ExchangeCleanupLayer(configuration),
          new ObserveLayer(configuration),
          new BlockwiseLayer(tag, false, few),
          new RefusedUploads(messages),
          CongestionControlLayer.newImplementation(tag, configuration)
        });
  }

  /**
   * Holds a 4.13 of the layer above back until its dead letter is on disk. The device repeats its
   * block unanswered meanwhile, as with every other message.
   */
  private static final class RefusedUploads extends AbstractLayer {

    private final CoapMessages messages;

    RefusedUploads(CoapMessages messages) {
      this.messages = messages;
    }

    @Override
    public void sendResponse(Exchange exchange, Response response) {
      Request request = exchange.getCurrentRequest();
      if (response.getCode() != ResponseCode.REQUEST_ENTITY_TOO_LARGE
          || !response.isInternal()
          || !request.getOptions().hasBlock1()) {
        super.sendResponse(exchange, response);
        return;
      }
      Integer announced = request.getOptions().getSize1();
      int came =
          request.getOptions().getBlock1().getOffset() + Math.max(0, request.getPayloadSize());
      messages.refuse(
          request,
          announced == null ? came : announced,
          messages.tooLarge(
              announced == null ? "more than " + came + " bytes" : announced + " bytes"),
          answer -> {
            answer.setDestinationContext(request.getSourceContext());
            exchange.execute(() -> super.sendResponse(exchange, answer));
          });
    }
  }
}
