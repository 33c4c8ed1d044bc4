package org.linli.hub.records;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Stands between a hub and its PostgreSQL, and passes on what the server answers after a delay. */
final class SlowProxy implements AutoCloseable {

  private static final int LARGEST_PIECE = 1 << 16;

  private final int target;
  private final ServerSocket door;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService late = Executors.newSingleThreadScheduledExecutor();
  private volatile Duration delay = Duration.ZERO;

  SlowProxy(int target) throws IOException {
    this.target = target;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** From now on each piece of an answer comes so much later. */
  void answersAfter(Duration time) {
    delay = time;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(client);
        open.add(server);
        Thread.ofVirtual().start(() -> pass(client, server, false));
        Thread.ofVirtual().start(() -> pass(server, client, true));
      }
    } catch (IOException closed) {
      // The test is over, or the server is gone: the client's connection breaks.
    }
  }

  private void pass(Socket from, Socket to, boolean slowly) {
    byte[] piece = new byte[LARGEST_PIECE];
    long last = 0;
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        if (!slowly) {
          out.write(piece, 0, read);
          continue;
        }
        byte[] copy = Arrays.copyOf(piece, read);
        long now = System.nanoTime();
        last = last == 0 ? now + delay.toNanos() : Math.max(last, now + delay.toNanos());
        var _ = late.schedule(() -> write(to, copy), last - now, TimeUnit.NANOSECONDS);
      }
    } catch (IOException over) {
      // Both ends are closed now.
    }
  }

  private static void write(Socket to, byte[] piece) {
    try {
      to.getOutputStream().write(piece);
    } catch (IOException over) {
      // The hub has given this connection up.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    late.shutdownNow();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
