package org.linli.program.web;

import java.time.Duration;
import org.apache.catalina.connector.Connector;
import org.jspecify.annotations.Nullable;
import org.linli.program.thread.LivingThread;
import org.linli.program.thread.LivingThreads;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.SmartLifecycle;

/** Holds a web server to its number of connections and its deadlines. One of each program. */
public final class WebServerBounds
    implements WebServerFactoryCustomizer<TomcatWebServerFactory>, SmartLifecycle {

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Connections connections;
  private final LivingThreads threads;
  private @Nullable LivingThread looking;

  public WebServerBounds(Connections connections, LivingThreads threads) {
    this.connections = connections;
    this.threads = threads;
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
  public void start() {
    looking =
        threads.tick(LivingThreads.Make.VIRTUAL, "web-deadlines", LOOK, connections::closeTheLate);
  }

  @Override
  public void stop() {
    LivingThread last = looking;
    if (last != null) {
      last.end();
      last.join();
    }
    looking = null;
  }

  @Override
  public boolean isRunning() {
    return looking != null;
  }

  /** Goes on until the web server has let go of everybody. */
  @Override
  public int getPhase() {
    return 0;
  }
}
