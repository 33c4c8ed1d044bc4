package org.linli.edge.intake.mqtt;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.linli.edge.intake.mqtt.RawDevice.Connect;

/** Asks again and again, one PINGREQ behind the other, and takes no answer. */
final class DeafClient implements AutoCloseable {

  private final SocketChannel channel = SocketChannel.open();
  private final ByteBuffer pings = ByteBuffer.allocate(1 << 16);
  private long sent;

  DeafClient(int port, String clientId) throws IOException {
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
    channel.setOption(StandardSocketOptions.SO_SNDBUF, 65_536);
    channel.connect(new InetSocketAddress("127.0.0.1", port));
    channel.write(ByteBuffer.wrap(RawDevice.bytes(new Connect(4, clientId))));
    channel.configureBlocking(false);
    while (pings.hasRemaining()) {
      pings.putShort((short) 0xc000);
    }
  }

  /**
   * Sends on; a ping of which half was taken is not begun anew.
   *
   * @return whether anything was taken within this time
   * @throws IOException when the connection is closed
   */
  boolean sends(Duration within) throws IOException {
    long until = System.nanoTime() + within.toNanos();
    do {
      if (!pings.hasRemaining()) {
        pings.rewind();
      }
      int written = channel.write(pings);
      sent += written;
      if (written > 0) {
        return true;
      }
      LockSupport.parkNanos(1_000_000);
    } while (System.nanoTime() - until < 0);
    return false;
  }

  /** Bytes that were taken. */
  long sent() {
    return sent;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
