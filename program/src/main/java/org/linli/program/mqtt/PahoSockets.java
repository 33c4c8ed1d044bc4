package org.linli.program.mqtt;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * TCP sockets for one connection of Paho's MQTT client. They differ from plain sockets in four
 * ways.
 *
 * <ul>
 *   <li>They send at once. Paho leaves Nagle's algorithm on (RFC 896), which holds a small packet
 *       back until the one before it is acknowledged; together with the other side's delayed
 *       acknowledgement (RFC 1122 section 4.2.3.2) that costs 40 ms for an urgent batch or a
 *       receipt.
 *   <li>They read nothing until something was written. Paho starts the thread that reads, waits
 *       until it runs, and only then sends CONNECT. If the other side hangs up in between, that
 *       thread can end before Paho sees it run, and the connecting thread then waits forever. A
 *       server sends nothing before CONNECT (MQTT 5.0 section 3.1), so nothing is missed.
 *   <li>They end at a packet that is too large or that this client never expects ({@link
 *       PacketRefusedException}, which Paho gives as the cause). Paho allocates what a remaining
 *       length says without checking it, up to 268 MB, and answers each PUBREL with a PUBCOMP that
 *       it queues without limit.
 *   <li>They can be closed from outside, which ends every thread of the client. Paho's own close
 *       refuses while it connects, and otherwise only forgets what its threads may still be using.
 * </ul>
 */
public final class PahoSockets extends SocketFactory implements AutoCloseable {

  /** Longer than Paho needs to start its threads on a busy machine. */
  private static final long WRITTEN_WITHIN_SECONDS = 30;

  private final long largestPacket;
  private final String limitedBy;
  private final @Nullable LargePublishes large;
  private final List<Socket> made = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /**
   * For a client that subscribes and publishes at QoS 0 and 1.
   *
   * @param largestPacket the largest packet accepted, in bytes: what the client announces as
   *     Maximum Packet Size (MQTT 5.0 section 3.1.2.11.4)
   * @param limitedBy what sets this limit, such as the name of a setting
   */
  public PahoSockets(long largestPacket, String limitedBy) {
    this(largestPacket, limitedBy, null);
  }

  /**
   * As above.
   *
   * @param large makes each larger PUBLISH fit, as far as it reads it; null if none is accepted
   */
  public PahoSockets(long largestPacket, String limitedBy, @Nullable LargePublishes large) {
    this.largestPacket = largestPacket;
    this.limitedBy = limitedBy;
    this.large = large;
  }

  /** The largest packet accepted, in bytes. */
  long largestPacket() {
    return large == null ? largestPacket : Math.max(largestPacket, large.most());
  }

  @Override
  public Socket createSocket() throws IOException {
    Socket socket = new SpeaksFirst(largestPacket, limitedBy, large);
    socket.setTcpNoDelay(true);
    made.add(socket);
    if (closed) {
      socket.close();
    }
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(createSocket(), new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return connected(bound(localHost, localPort), new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(createSocket(), new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return connected(bound(localAddress, localPort), new InetSocketAddress(address, port));
  }

  private Socket bound(InetAddress address, int port) throws IOException {
    Socket socket = createSocket();
    socket.bind(new InetSocketAddress(address, port));
    return socket;
  }

  private static Socket connected(Socket socket, InetSocketAddress address) throws IOException {
    socket.connect(address);
    return socket;
  }

  /** Closes every socket that was made, whatever it is doing, and every one made later. */
  @Override
  public void close() {
    closed = true;
    for (Socket socket : made) {
      try {
        socket.close();
      } catch (IOException e) {
        // The socket is closed all the same (java.net.Socket#close).
      }
    }
  }

  private static final class SpeaksFirst extends Socket {

    /** Reaches 0 once something was written, or never will be. */
    private final CountDownLatch spoken = new CountDownLatch(1);

    private final long largestPacket;
    private final String limitedBy;
    private final @Nullable LargePublishes large;

    /** One for the socket's life, because it tracks where packets begin. */
    private @Nullable InputStream packets;

    SpeaksFirst(long largestPacket, String limitedBy, @Nullable LargePublishes large) {
      this.large = large;
      this.largestPacket = largestPacket;
      this.limitedBy = limitedBy;
    }

    @Override
    public synchronized InputStream getInputStream() throws IOException {
      InputStream in = super.getInputStream();
      if (packets == null) {
        InputStream silent = new Silent(in);
        packets =
            new ServerPackets(
                large == null ? silent : new CutPackets(silent, largestPacket, large),
                largestPacket,
                limitedBy);
      }
      return packets;
    }

    /** Reads nothing and reports nothing available until something was written. */
    private final class Silent extends FilterInputStream {

      Silent(InputStream in) {
        super(in);
      }

      @Override
      public int available() throws IOException {
        return spoken.getCount() > 0 ? 0 : super.available();
      }

      @Override
      public int read() throws IOException {
        awaitSpoken();
        return super.read();
      }

      @Override
      public int read(byte[] into, int from, int most) throws IOException {
        awaitSpoken();
        return super.read(into, from, most);
      }
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(super.getOutputStream()) {
        @Override
        public void write(int one) throws IOException {
          out.write(one);
          spoken.countDown();
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
          out.write(bytes, from, length);
          spoken.countDown();
        }
      };
    }

    @Override
    public void close() throws IOException {
      spoken.countDown();
      super.close();
    }

    private void awaitSpoken() throws InterruptedIOException {
      try {
        if (!spoken.await(WRITTEN_WITHIN_SECONDS, TimeUnit.SECONDS)) {
          throw new InterruptedIOException("nothing was written");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted before something was written");
      }
    }
  }
}
