package org.linli.hub.access.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.linli.program.thread.Heartbeat;
import org.linli.program.thread.LivingThread;
import org.linli.program.thread.LivingThreads;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Whether the web server lives, by asking it as anybody would: it takes a connection and answers or
 * ends it. Nothing that it says of itself is believed.
 */
@Component
class WebServerPulse implements SmartLifecycle {

  private static final Duration ASK = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
  private static final byte[] QUESTION =
      "OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final ServerProperties server;
  private final Environment environment;
  private final LivingThreads threads;
  private @Nullable LivingThread asking;
  private @Nullable Heartbeat heartbeat;

  WebServerPulse(ServerProperties server, Environment environment, LivingThreads threads) {
    this.server = server;
    this.environment = environment;
    this.threads = threads;
  }

  @Override
  public void start() {
    String port = environment.getProperty("local.server.port");
    if (port == null) {
      return;
    }
    InetSocketAddress where = new InetSocketAddress(address(), Integer.parseInt(port));
    Heartbeat web = threads.heartbeat("web-server", LONGEST_SILENCE);
    heartbeat = web;
    asking =
        threads.tick(
            LivingThreads.Make.VIRTUAL,
            "web-server-pulse",
            ASK,
            () -> {
              if (answers(where)) {
                web.beat();
              }
            });
  }

  private InetAddress address() {
    InetAddress bound = server.getAddress();
    return bound == null || bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
  }

  /** One that speaks TLS ends the connection, or says that it does: both are signs of life. */
  static boolean answers(InetSocketAddress where) {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.connect(where, (int) PATIENCE.toMillis());
      socket.getOutputStream().write(QUESTION);
      return hasAnswered(socket);
    } catch (IOException refused) {
      return false;
    }
  }

  private static boolean hasAnswered(Socket socket) {
    try {
      int _ = socket.getInputStream().read();
      return true;
    } catch (SocketTimeoutException silent) {
      return false;
    } catch (IOException ended) {
      return true;
    }
  }

  @Override
  public void stop() {
    LivingThread last = asking;
    Heartbeat web = heartbeat;
    if (last != null && web != null) {
      last.end();
      last.join();
      web.close();
    }
    asking = null;
  }

  @Override
  public boolean isRunning() {
    return asking != null;
  }
}
