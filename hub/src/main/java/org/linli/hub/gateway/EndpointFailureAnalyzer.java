package org.linli.hub.gateway;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells whoever starts a hub why gateways could not reach it, in place of a stack trace. */
class EndpointFailureAnalyzer extends AbstractFailureAnalyzer<EndpointUnavailableException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, EndpointUnavailableException cause) {
    return new FailureAnalysis(
        String.valueOf(cause.getMessage()),
        "Stop the program that holds the port (another hub?), or choose another with"
            + " --linli.gateway.port=…, and tell the gateways in LINLI_HUB_URI.",
        cause);
  }
}
