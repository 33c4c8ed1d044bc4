package org.linli.edge.intake.coap;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.Reply;

/**
 * Answers one request, with a diagnostic payload where it is refused (RFC 7252 section 5.5.2). Only
 * the first answer counts. Until then Californium lets the device repeat its request unanswered.
 */
final class CoapReply implements Reply {

  private final CoapExchange exchange;
  private final Duration retryAfter;
  private final AtomicBoolean answered = new AtomicBoolean();

  CoapReply(CoapExchange exchange, Duration retryAfter) {
    this.exchange = exchange;
    this.retryAfter = retryAfter;
  }

  @Override
  public void taken() {
    answer(new Response(ResponseCode.CHANGED));
  }

  @Override
  public void refused(Refusal refusal) {
    Response response = new Response(codeOf(refusal.reason()));
    response.setPayload(refusal.detail());
    answer(response);
  }

  @Override
  public void unavailable(String why) {
    Response response = new Response(ResponseCode.SERVICE_UNAVAILABLE);
    response.getOptions().setMaxAge(retryAfter.toSeconds());
    response.setPayload(why);
    answer(response);
  }

  private void answer(Response response) {
    if (answered.compareAndSet(false, true)) {
      exchange.respond(response);
    }
  }

  private static ResponseCode codeOf(RefusalReason reason) {
    return switch (reason) {
      case NOT_JSON, NOT_CBOR, MISSING_FIELD, BAD_FIELD, BAD_DEVICE_ID -> ResponseCode.BAD_REQUEST;
      case UNSUPPORTED_FORMAT -> ResponseCode.UNSUPPORTED_CONTENT_FORMAT;
      case UNKNOWN_ADDRESS, UNKNOWN_KIND -> ResponseCode.NOT_FOUND;
      case TOO_LARGE -> ResponseCode.REQUEST_ENTITY_TOO_LARGE;
    };
  }
}
