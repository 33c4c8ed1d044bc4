package org.linli.edge.intake.coap;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.OptionNumberRegistry;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.ServerMessageDeliverer;
import org.eclipse.californium.core.server.resources.Resource;
import org.eclipse.californium.elements.config.Configuration;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;

/**
 * Answers every request except those for {@code /.well-known/core}. It accepts {@code POST
 * /linli/{kind}/{deviceId}} with content format 50 (JSON, the default), 60 (CBOR), 110 or 112
 * (SenML). Everything else is refused with a diagnostic payload (RFC 7252 section 5.5.2). A refused
 * request that carries data becomes a dead letter first.
 */
final class EventsDeliverer extends ServerMessageDeliverer {

  private static final String WELL_KNOWN = ".well-known";

  private final CoapMessages messages;

  EventsDeliverer(Resource root, Configuration configuration, CoapMessages messages) {
    super(root, configuration);
    this.messages = messages;
  }

  @Override
  protected boolean preDeliverRequest(Exchange exchange) {
    Request request = exchange.getRequest();
    OptionSet options = request.getOptions();
    Optional<String> unknown = unknownCritical(options);
    if (unknown.isPresent()) {
      refuseOption(exchange, request, unknown.get());
      return true;
    }
    int method = RequestParser.method(request);
    if (RequestParser.isUnknown(method)) {
      refuseMethod(exchange, request, "method 0.%02d".formatted(method));
      return true;
    }
    if (options.hasProxyUri() || options.hasProxyScheme()) {
      say(
          exchange,
          request,
          ResponseCode.PROXY_NOT_SUPPORTED,
          RefusalReason.UNKNOWN_ADDRESS,
          "this gateway is no proxy");
      return true;
    }
    List<String> path = options.getUriPath();
    if (!path.isEmpty() && path.getFirst().equals(WELL_KNOWN)) {
      NoResponse.removeFrom(request);
      Amplification.inSmallBlocks(request);
      return false;
    }
    if (request.getCode() == Code.POST) {
      messages.take(request, NoResponse.answer(exchange, request));
    } else if (request.getPayloadSize() > 0) {
      refuseMethod(exchange, request, request.getCode().toString());
    } else if (!path.isEmpty() && path.getFirst().equals(CoapMessages.ROOT)) {
      say(
          exchange,
          request,
          ResponseCode.METHOD_NOT_ALLOWED,
          RefusalReason.WRONG_METHOD,
          "there is nothing to " + request.getCode() + " here; events are POSTed");
    } else {
      say(
          exchange,
          request,
          ResponseCode.NOT_FOUND,
          RefusalReason.UNKNOWN_ADDRESS,
          CoapMessages.NOTHING_READS_IT);
    }
    return true;
  }

  /**
   * The name or number of a critical option that is not supported. The conditions If-Match and
   * If-None-Match cannot be evaluated here, so they count as unsupported too (RFC 7252 5.4.1).
   */
  private static Optional<String> unknownCritical(OptionSet options) {
    if (options.getIfMatchCount() > 0) {
      return Optional.of("If-Match (1)");
    }
    if (options.hasIfNoneMatch()) {
      return Optional.of("If-None-Match (5)");
    }
    if (options.hasOscore()) {
      return Optional.of("OSCORE (9)");
    }
    return options.getOthers().stream()
        .filter(option -> OptionNumberRegistry.isCritical(option.getNumber()))
        .findFirst()
        .map(option -> String.valueOf(option.getNumber()));
  }

  /** Answers 4.05, after the dead letter of any data in the request. */
  private void refuseMethod(Exchange exchange, Request request, String method) {
    String why = method + " takes no events; POST them to /linli/{kind}/{deviceId}";
    if (request.getPayloadSize() == 0) {
      say(exchange, request, ResponseCode.METHOD_NOT_ALLOWED, RefusalReason.WRONG_METHOD, why);
      return;
    }
    messages.refuse(
        request,
        request.getPayloadSize(),
        new Refusal(RefusalReason.WRONG_METHOD, why),
        NoResponse.answer(exchange, request));
  }

  /** RFC 7252 5.4.1: a Confirmable request gets 4.02, a Non-confirmable message is rejected. */
  private void refuseOption(Exchange exchange, Request request, String option) {
    Consumer<Response> answer = NoResponse.answer(exchange, request);
    messages.refuse(
        request,
        request.getPayloadSize(),
        new Refusal(
            RefusalReason.BAD_OPTION, "option " + option + " is critical and not known here"),
        response -> {
          if (request.isConfirmable()) {
            answer.accept(response);
          } else {
            exchange.execute(exchange::sendReject);
          }
        });
  }

  /** Refuses a request without data. */
  private void say(
      Exchange exchange,
      Request request,
      ResponseCode code,
      RefusalReason reason,
      String diagnostic) {
    messages.refusedEmpty(reason);
    Response response = new Response(code);
    response.setPayload(diagnostic);
    NoResponse.answer(exchange, request).accept(response);
  }
}
