package org.linli.edge.uplink;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Between a gateway and its hub: passes bytes on, until it freezes. From then on its connections
 * stand and carry nothing, as behind a router that lost its table; new ones pass.
 */
final class FreezingWay implements AutoCloseable {

  private final ServerSocket listening;
  private final URI hub;
  private final List<Pair> pairs = new CopyOnWriteArrayList<>();

  private static final class Pair {
    final Socket gateway;
    final Socket hub;
    volatile boolean frozen;

    Pair(Socket gateway, Socket hub) {
      this.gateway = gateway;
      this.hub = hub;
    }

    void pass(Socket from, Socket to) {
      try (from;
          to) {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] buffer = new byte[8_192];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          if (!frozen) {
            out.write(buffer, 0, read);
          }
        }
      } catch (IOException closed) {
        // One of the two ended it; the other is told by the closing above.
      }
    }
  }

  FreezingWay(HubAddress hub) throws IOException {
    this.hub = hub.hubUri().getFirst();
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    try {
      while (true) {
        Socket gateway = listening.accept();
        Pair pair = new Pair(gateway, new Socket(hub.getHost(), hub.getPort()));
        pairs.add(pair);
        Thread.ofVirtual().start(() -> pair.pass(pair.gateway, pair.hub));
        Thread.ofVirtual().start(() -> pair.pass(pair.hub, pair.gateway));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  HubAddress address() {
    return new HubAddress(URI.create("mqtt://127.0.0.1:" + listening.getLocalPort()));
  }

  void freeze() {
    pairs.forEach(pair -> pair.frozen = true);
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Pair pair : pairs) {
      pair.gateway.close();
      pair.hub.close();
    }
  }
}
