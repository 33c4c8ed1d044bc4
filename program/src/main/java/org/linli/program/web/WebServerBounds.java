package org.linli.program.web;

import java.time.Duration;
import org.apache.catalina.connector.Connector;
import org.linli.program.thread.LivingThreads;
import org.linli.program.thread.Ticker;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/** Applies the limits of connections and their deadlines to a web server. One per program. */
public final class WebServerBounds extends Ticker
    implements WebServerFactoryCustomizer<TomcatWebServerFactory> {

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final OpenConnections connections;

  public WebServerBounds(OpenConnections connections, LivingThreads threads) {
    super(threads, LivingThreads.Make.VIRTUAL, "web-deadlines", LOOK);
    this.connections = connections;
  }

  /** The connections of this web server. */
  public OpenConnections connections() {
    return connections;
  }

  @Override
  public void customize(TomcatWebServerFactory factory) {
    factory.setProtocol(BoundedProtocol.class.getName());
    factory.addConnectorCustomizers(this::customize);
  }

  private void customize(Connector connector) {
    if (connector.getProtocolHandler() instanceof BoundedProtocol http) {
      // RFC 9110 section 10.1.1: send 100 only when the body is read, so that a refusal can come
      // first.
      http.setContinueResponseTiming("onRead");
      http.bound(connections);
    }
  }

  @Override
  protected void look() {
    connections.closeTheLate();
  }

  /** Continues until the web server has closed all connections. */
  @Override
  public int getPhase() {
    return 0;
  }
}
