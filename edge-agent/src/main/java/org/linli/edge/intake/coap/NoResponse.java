package org.linli.edge.intake.coap;

import java.util.function.Consumer;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.Message.OffloadMode;
import org.eclipse.californium.core.coap.NoResponseOption;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Leaves away responses that a device does not want to hear (No-Response, RFC 7967). A Confirmable
 * request is acknowledged all the same (RFC 7252 section 4.2), with an empty message. Since that
 * means "kept", a Confirmable request that is not kept for now always gets its 5.03.
 */
final class NoResponse {

  private static final int SERVER_ERROR = 5;

  private NoResponse() {}

  /**
   * How to answer a request. The option is removed from it: Californium would send a Confirmable
   * response again and again.
   */
  static Consumer<Response> answer(Exchange exchange, Request request) {
    NoResponseOption asked = removeFrom(request);
    if (asked == null) {
      return exchange::sendResponse;
    }
    return response -> {
      if (isUnheard(asked, request, response)) {
        exchange.execute(() -> acknowledge(exchange, request));
      } else {
        exchange.sendResponse(response);
      }
    };
  }

  static @Nullable NoResponseOption removeFrom(Request request) {
    NoResponseOption asked = request.getOptions().getNoResponse();
    request.getOptions().removeNoResponse();
    return asked;
  }

  private static boolean isUnheard(NoResponseOption asked, Request request, Response response) {
    boolean notKept = CoAP.getCodeClass(response.getCode().value) == SERVER_ERROR;
    return asked.suppress(response.getCode()) && !(notKept && request.isConfirmable());
  }

  /** After it, only what recognises a repetition stays in memory. */
  private static void acknowledge(Exchange exchange, Request request) {
    if (request.isConfirmable()) {
      exchange.sendAccept();
    }
    exchange.executeComplete();
    request.offload(OffloadMode.FULL);
  }
}
