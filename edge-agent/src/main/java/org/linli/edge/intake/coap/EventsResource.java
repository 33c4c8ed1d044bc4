package org.linli.edge.intake.coap;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.eclipse.californium.core.server.resources.Resource;
import org.eclipse.californium.elements.util.StringUtil;
import org.linli.edge.intake.Intake;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Message.Format;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;

/**
 * {@code POST /linli/{kind}/{deviceId}} with content format 50 (JSON, also where none is named) or
 * 60 (CBOR).
 */
final class EventsResource extends CoapResource {

  private final Intake intake;
  private final InstantSource clock;
  private final Duration retryAfter;

  EventsResource(Intake intake, InstantSource clock, Duration retryAfter) {
    super("linli");
    this.intake = intake;
    this.clock = clock;
    this.retryAfter = retryAfter;
    getAttributes().setTitle("POST events to /linli/{kind}/{deviceId}");
    getAttributes().addResourceType("linli.event");
    getAttributes().addContentType(MediaTypeRegistry.APPLICATION_JSON);
    getAttributes().addContentType(MediaTypeRegistry.APPLICATION_CBOR);
  }

  /** Answers for every path below its own. */
  @Override
  public Resource getChild(String name) {
    return this;
  }

  @Override
  public void handlePOST(CoapExchange exchange) {
    intake.accept(message(exchange, new CoapReply(exchange, retryAfter)));
  }

  private Message message(CoapExchange exchange, CoapReply reply) {
    String source = "coap://" + StringUtil.toString(exchange.getSourceSocketAddress());
    byte[] payload =
        exchange.getRequestPayload() == null ? new byte[0] : exchange.getRequestPayload();
    OptionSet options = exchange.getRequestOptions();
    List<String> path = options.getUriPath();
    if (path.size() != 3) {
      return unreadable(
          source,
          payload,
          RefusalReason.UNKNOWN_ADDRESS,
          "nothing reads this path; events go to /linli/{kind}/{deviceId}",
          reply);
    }
    Format format;
    switch (options.getContentFormat()) {
      case MediaTypeRegistry.APPLICATION_JSON, MediaTypeRegistry.UNDEFINED ->
          format = Format.LINLI_JSON;
      case MediaTypeRegistry.APPLICATION_CBOR -> format = Format.LINLI_CBOR;
      default -> {
        return unreadable(
            source,
            payload,
            RefusalReason.UNSUPPORTED_FORMAT,
            "content format %d is not read here; 50 (JSON) and 60 (CBOR) are"
                .formatted(options.getContentFormat()),
            reply);
      }
    }
    return new Message(source, format, path.get(1), path.get(2), payload, clock.instant(), reply);
  }

  private Message unreadable(
      String source, byte[] payload, RefusalReason reason, String detail, CoapReply reply) {
    return Message.unreadable(source, payload, clock.instant(), new Refusal(reason, detail), reply);
  }
}
