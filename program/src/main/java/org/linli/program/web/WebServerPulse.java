package org.linli.program.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.linli.program.thread.Heartbeat;
import org.linli.program.thread.LivingThreads;
import org.linli.program.thread.Ticker;
import org.springframework.core.env.Environment;

/**
 * Checks that a web server lives, as any client could: it must accept a connection and answer or
 * end it. What the server reports about itself does not count. One per program.
 */
public final class WebServerPulse extends Ticker {

  private static final Duration ASK = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
  private static final byte[] QUESTION =
      "OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final String name;
  private final @Nullable InetAddress address;
  private final Environment environment;
  private final LivingThreads threads;
  private volatile @Nullable InetSocketAddress where;
  private volatile @Nullable Heartbeat heartbeat;

  /**
   * @param name of its heartbeat
   * @param address where it listens; null for all addresses
   * @param environment has the port once the server listens
   */
  public WebServerPulse(
      String name, @Nullable InetAddress address, Environment environment, LivingThreads threads) {
    super(threads, LivingThreads.Make.VIRTUAL, name + "-pulse", ASK);
    this.name = name;
    this.address = address;
    this.environment = environment;
    this.threads = threads;
  }

  @Override
  public void start() {
    String port = environment.getProperty("local.server.port");
    if (port == null) {
      return;
    }
    where = new InetSocketAddress(reachable(), Integer.parseInt(port));
    heartbeat = threads.heartbeat(name, LONGEST_SILENCE);
    super.start();
  }

  @Override
  protected void look() {
    InetSocketAddress asked = where;
    Heartbeat web = heartbeat;
    if (asked != null && web != null && answers(asked)) {
      web.beat();
    }
  }

  private InetAddress reachable() {
    return address == null || address.isAnyLocalAddress()
        ? InetAddress.getLoopbackAddress()
        : address;
  }

  /**
   * Whether the server answers or ends a connection. One that speaks TLS ends it, possibly after an
   * alert; both are signs of life.
   */
  public static boolean answers(InetSocketAddress where) {
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
    super.stop();
    Heartbeat web = heartbeat;
    if (web != null) {
      web.close();
      heartbeat = null;
    }
  }
}
