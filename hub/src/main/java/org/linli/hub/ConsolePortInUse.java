package org.linli.hub;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Reports that the console's port is in use, in the same words as for the gateways' port. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ConsolePortInUse extends AbstractFailureAnalyzer<PortInUseException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, PortInUseException cause) {
    return new FailureAnalysis(
        "Port %d, which the console and the API need, is used by another program."
            .formatted(cause.getPort()),
        "Stop that program (another hub?), or choose another port with --server.port=….",
        cause);
  }
}
