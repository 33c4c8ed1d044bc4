package org.linli.sims.program;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.BitSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports on which nothing listens at the moment. They lie below those that systems assign to
 * outgoing connections (from 32768 on with Linux): such a connection could take a port before its
 * program starts. None is given twice.
 */
public final class FreePort {

  private static final int LOWEST = 15_000;
  private static final int BEYOND = 32_000;
  private static final int TRIES = 100;
  private static final BitSet GIVEN = new BitSet();

  private FreePort() {}

  private interface Binding {
    void tryPort(int port) throws IOException;
  }

  public static int tcp() {
    return find(port -> new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close());
  }

  public static int udp() {
    return find(port -> new DatagramSocket(port, InetAddress.getLoopbackAddress()).close());
  }

  private static synchronized int find(Binding binding) {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND);
      if (GIVEN.get(port)) {
        continue;
      }
      try {
        binding.tryPort(port);
        GIVEN.set(port);
        return port;
      } catch (IOException used) {
        continue;
      }
    }
    throw new IllegalStateException("no free port between " + LOWEST + " and " + BEYOND);
  }
}
