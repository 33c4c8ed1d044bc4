package org.linli.program.web;

import java.time.Duration;
import org.apache.catalina.connector.Connector;
import org.linli.program.thread.LivingThreads;
import org.linli.program.thread.Ticker;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/** Holds a web server to its number of connections and its deadlines. One of each program. */
public final class WebServerBounds extends Ticker
    implements WebServerFactoryCustomizer<TomcatWebServerFactory> {

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Connections connections;

  public WebServerBounds(Connections connections, LivingThreads threads) {
    super(threads, LivingThreads.Make.VIRTUAL, "web-deadlines", LOOK);
    this.connections = connections;
  }

  public Connections connections() {
    return connections;
  }

  @Override
  public void customize(TomcatWebServerFactory factory) {
    factory.setProtocol(BoundedProtocol.class.getName());
    factory.addConnectorCustomizers(this::customize);
  }

  private void customize(Connector connector) {
    if (connector.getProtocolHandler() instanceof BoundedProtocol http) {
      // RFC 9110 section 10.1.1: 100 only once the body is read, so that a refusal can come before.
      http.setContinueResponseTiming("onRead");
      http.bound(connections);
    }
  }

  @Override
  protected void look() {
    connections.closeTheLate();
  }

  /** Goes on until the web server has let go of everybody. */
  @Override
  public int getPhase() {
    return 0;
  }
}
