package org.linli.hub.access.web;

import java.time.Duration;
import org.apache.catalina.connector.Connector;
import org.jspecify.annotations.Nullable;
import org.linli.hub.access.UnsafeSettingException;
import org.linli.program.thread.LivingThread;
import org.linli.program.thread.LivingThreads;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Bounds what connections to the console and the API cost: {@code server.tomcat.max-connections},
 * by default as many as an eighth of the heap carries, and no more than a quarter of it.
 *
 * @throws UnsafeSettingException from the constructor when the heap does not carry what is set
 */
@Component
class WebServerBounds
    implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, SmartLifecycle {

  /** What one connection with a request holds at most: buffers, head, form and what reads it. */
  private static final int BYTES_OF_CONNECTION = 160 * 1024;

  private static final int FEWEST = 64;
  private static final int MOST_BY_DEFAULT = 2_000;
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Connections connections;
  private final LivingThreads threads;
  private @Nullable LivingThread looking;

  WebServerBounds(
      @Value("${server.tomcat.max-connections:#{null}}") @Nullable Integer most,
      LivingThreads threads) {
    this.connections =
        new Connections(mostOf(most, Runtime.getRuntime().maxMemory()), System::nanoTime);
    this.threads = threads;
  }

  static int mostOf(@Nullable Integer wanted, long heap) {
    if (wanted == null) {
      return (int) Math.clamp(heap / 8 / BYTES_OF_CONNECTION, FEWEST, MOST_BY_DEFAULT);
    }
    long carried = Math.max(FEWEST, heap / 4 / BYTES_OF_CONNECTION);
    if (wanted < 2 || wanted > carried) {
      throw new UnsafeSettingException(
          "server.tomcat.max-connections is %d, and a heap of %d MB carries 2 to %d."
              .formatted(wanted, heap >> 20, carried),
          "Set it to no more than that, leave it out, or give the hub a larger heap (-Xmx).");
    }
    return wanted;
  }

  Connections connections() {
    return connections;
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
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
