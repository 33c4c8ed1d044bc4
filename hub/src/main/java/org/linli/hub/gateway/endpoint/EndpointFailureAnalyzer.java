package org.linli.hub.gateway.endpoint;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains, in place of a stack trace, why gateways cannot reach a hub that was just started. */
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
