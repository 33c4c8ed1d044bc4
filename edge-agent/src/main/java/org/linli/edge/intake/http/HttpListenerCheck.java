package org.linli.edge.intake.http;

import org.linli.edge.intake.ListenAddress;
import org.linli.edge.intake.LoopbackRule;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.stereotype.Component;

/** Applies the rule of the other doors to the web server's address, before it listens. */
@Component
final class HttpListenerCheck
    implements WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> {

  private final LoopbackRule loopbackRule;
  private final ServerProperties server;

  HttpListenerCheck(LoopbackRule loopbackRule, ServerProperties server) {
    this.loopbackRule = loopbackRule;
    this.server = server;
  }

  @Override
  public void customize(ConfigurableServletWebServerFactory factory) {
    Ssl ssl = server.getSsl();
    if (ssl == null || !ssl.isEnabled()) {
      loopbackRule.check(listener(server));
    }
  }

  static ListenAddress listener(ServerProperties server) {
    String address = server.getAddress() == null ? "0.0.0.0" : server.getAddress().getHostAddress();
    int port = server.getPort() == null ? 8080 : server.getPort();
    return new ListenAddress(
        "HTTP for devices and the local page", address, port, "server.address", "server.port");
  }
}
