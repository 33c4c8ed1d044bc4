package org.linli.edge.intake.coap;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Response;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.Reply;

/**
 * Answers one request, with a diagnostic payload if it is refused (RFC 7252 section 5.5.2). Only
 * the first answer counts. Before that, Californium ignores repetitions of the request.
 */
final class CoapReply implements Reply {

  private static final Duration MAX_TRANSMIT_WAIT = Duration.ofSeconds(93);

  private final Consumer<Response> answer;
  private final CoapSettings settings;
  private final AtomicBoolean answered = new AtomicBoolean();

  /** When the device began to wait, by a monotonic clock. */
  private final long began = System.nanoTime();

  CoapReply(Consumer<Response> answer, CoapSettings settings) {
    this.answer = answer;
    this.settings = settings;
  }

  /** False once the device has stopped waiting for an answer (RFC 7252 section 4.8.2). */
  @Override
  public boolean isInTurn() {
    return System.nanoTime() - began < MAX_TRANSMIT_WAIT.toNanos();
  }

  @Override
  public void taken() {
    answer(new Response(ResponseCode.CHANGED));
  }

  @Override
  public void refused(Refusal refusal) {
    Response response = new Response(codeOf(refusal.reason()));
    if (refusal.reason() == RefusalReason.TOO_LARGE) {
      // Tells the device how much is accepted, in case it can send less (RFC 7959 section 4).
      response.getOptions().setSize1((int) settings.maxMessageSize().toBytes());
    }
    response.setPayload(refusal.detail());
    answer(response);
  }

  @Override
  public void unavailable(String why) {
    Response response = new Response(ResponseCode.SERVICE_UNAVAILABLE);
    response.getOptions().setMaxAge(settings.retryAfter().toSeconds());
    response.setPayload(why);
    answer(response);
  }

  private void answer(Response response) {
    if (answered.compareAndSet(false, true)) {
      this.answer.accept(response);
    }
  }

  private static ResponseCode codeOf(RefusalReason reason) {
    return switch (reason) {
      case NOT_JSON, NOT_CBOR, NOT_XML, MISSING_FIELD, BAD_FIELD, BAD_DEVICE_ID ->
          ResponseCode.BAD_REQUEST;
      case BAD_OPTION -> ResponseCode.BAD_OPTION;
      case WRONG_METHOD -> ResponseCode.METHOD_NOT_ALLOWED;
      case NOT_ALLOWED -> ResponseCode.FORBIDDEN;
      case UNSUPPORTED_FORMAT -> ResponseCode.UNSUPPORTED_CONTENT_FORMAT;
      case UNKNOWN_ADDRESS, UNKNOWN_KIND -> ResponseCode.NOT_FOUND;
      case TOO_LARGE -> ResponseCode.REQUEST_ENTITY_TOO_LARGE;
      // Only MQTT gives this: here such a device is asked to send again.
      case TOO_MANY_DEVICES -> ResponseCode.SERVICE_UNAVAILABLE;
      case NOTHING_IN_IT, PROFILE_FAILED -> ResponseCode.UNPROCESSABLE_ENTITY;
    };
  }
}
