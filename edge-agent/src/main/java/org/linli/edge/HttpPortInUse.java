package org.linli.edge;

import org.linli.edge.intake.CannotListenException;
import org.linli.edge.intake.ListenAddress;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Reports that the web server's port is in use, in the same words as for the other doors. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class HttpPortInUse extends AbstractFailureAnalyzer<PortInUseException> {

  private final Environment environment;

  HttpPortInUse(Environment environment) {
    this.environment = environment;
  }

  @Override
  protected FailureAnalysis analyze(Throwable root, PortInUseException cause) {
    ListenAddress listener =
        new ListenAddress(
            "HTTP for devices and the local page",
            environment.getProperty("server.address", "0.0.0.0"),
            cause.getPort(),
            "server.address",
            "server.port");
    String sentence = String.valueOf(CannotListenException.inUse(listener, cause).getMessage());
    return new FailureAnalysis(sentence, null, cause);
  }
}
