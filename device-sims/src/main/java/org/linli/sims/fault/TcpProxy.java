package org.linli.sims.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A TCP path on 127.0.0.1. While it is half-open, connections open but carry nothing, and the end
 * of one side is not passed to the other. Data sent meanwhile arrives after {@link #heal}, as TCP
 * would send it again.
 */
public final class TcpProxy implements FaultProxy {

  private static final int BACKLOG = 8_192;

  private final ServerSocket server;
  private final InetSocketAddress target;
  private final Passage passage = new Passage();
  private final Dice dice;
  private final Supplier<? extends Tampering> tampering;
  private final Set<TcpConnection> connections = ConcurrentHashMap.newKeySet();

  private TcpProxy(
      ServerSocket server,
      InetSocketAddress target,
      long seed,
      Supplier<? extends Tampering> tampering) {
    this.server = server;
    this.target = target;
    this.dice = new Dice(seed);
    this.tampering = tampering;
  }

  /**
   * Listens.
   *
   * @param port 0 for any
   * @param targetPort on 127.0.0.1; connections end at once when nothing listens there
   * @throws IOException when the port is not available
   */
  public static TcpProxy start(int port, int targetPort, long seed) throws IOException {
    return start(port, targetPort, seed, () -> Tampering.NONE);
  }

  /**
   * Listens.
   *
   * @param tampering applied to the packets of each new connection
   * @throws IOException when the port is not available
   */
  public static TcpProxy start(
      int port, int targetPort, long seed, Supplier<? extends Tampering> tampering)
      throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    TcpProxy proxy =
        new TcpProxy(
            new ServerSocket(port, BACKLOG, here),
            new InetSocketAddress(here, targetPort),
            seed,
            tampering);
    Thread.ofVirtual().name("tcp-" + proxy.port()).start(proxy::accept);
    return proxy;
  }

  @Override
  public int port() {
    return server.getLocalPort();
  }

  @Override
  public void impair(Impairment impairment) {
    passage.impair(impairment);
  }

  @Override
  public void cut() {
    passage.cut();
    connections.forEach(TcpConnection::reset);
  }

  @Override
  public void halfOpen() {
    passage.halfOpen();
  }

  @Override
  public void heal() {
    passage.heal();
  }

  /** The number of open connections. */
  public int connections() {
    return connections.size();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      // It no longer listens in any case.
    }
    connections.forEach(TcpConnection::reset);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().name("tcp-connection").start(() -> serve(socket));
      } catch (IOException e) {
        // The connection ended before it began; a closed server ends the loop.
        continue;
      }
    }
  }

  private void serve(Socket socket) {
    try (TcpConnection connection = new TcpConnection(socket, passage, dice, tampering.get())) {
      if (passage.isCut()) {
        return;
      }
      connections.add(connection);
      try {
        passage.awaitCarrying();
        if (!passage.isCut()) {
          connection.carry(target);
        }
      } finally {
        connections.remove(connection);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
