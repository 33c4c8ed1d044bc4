package org.linli.program.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fake MQTT 5 broker, as no real one does this: it lets everybody in, grants a subscription, and
 * then sends the same bytes again and again, or once and hangs up.
 */
public final class StrangeBroker implements AutoCloseable {

  /** A PUBLISH at QoS 1 whose remaining length says 268,435,455 bytes, the most that MQTT has. */
  public static final byte[] HUGE_PUBLISH = {0x32, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f};

  /** Releases a message of QoS 2. */
  public static final byte[] PUBREL = {0x62, 2, 0, 1};

  /** A PUBLISH at QoS 1 on a topic of nobody. */
  public static final byte[] PUBLISH = {0x32, 8, 0, 3, 'x', '/', 'y', 0, 1, 0};

  private static final byte[] CONNACK = {0x20, 3, 0, 0, 0};
  private static final int GRANTED = 1;

  private final ServerSocket server;
  private final byte[] packet;
  private final int times;
  private final boolean hangsUp;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger told = new AtomicInteger();
  private final AtomicInteger left = new AtomicInteger();

  /**
   * @param times how often the bytes are sent, so that a test ends with a client that takes them
   */
  public StrangeBroker(byte[] packet, int times) throws IOException {
    this(packet, times, false);
  }

  private StrangeBroker(byte[] packet, int times, boolean hangsUp) throws IOException {
    this.packet = packet.clone();
    this.times = times;
    this.hangsUp = hangsUp;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("strange-broker").start(this::accept);
  }

  /** One that ends each connection when the client has answered what it sends once. */
  public static StrangeBroker hangingUpAfter(byte[] packet) throws IOException {
    return new StrangeBroker(packet, 1, true);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Connections over which the bytes were sent, or began to be. */
  public int told() {
    return told.get();
  }

  /** Of these, those that the client ended. */
  public int left() {
    return left.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> meet(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void meet(Socket socket) {
    boolean isTold = false;
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      byte[] _ = next(in);
      out.write(CONNACK);
      out.write(granted(next(in)));
      told.incrementAndGet();
      isTold = true;
      for (int i = 0; i < times; i++) {
        out.write(packet);
      }
      if (hangsUp) {
        byte[] _ = next(in);
        return;
      }
      long _ = in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException gone) {
      // Counted below.
    } finally {
      if (isTold && !server.isClosed()) {
        left.incrementAndGet();
      }
    }
  }

  /** The body of the client's next packet. */
  private static byte[] next(DataInputStream in) throws IOException {
    int _ = in.readUnsignedByte();
    int length = 0;
    int shift = 0;
    int read;
    do {
      read = in.readUnsignedByte();
      length |= (read & 0x7f) << shift;
      shift += 7;
    } while (read > 0x7f);
    return in.readNBytes(length);
  }

  /** Each topic at QoS 1. */
  private static byte[] granted(byte[] subscribe) {
    int at = 3 + subscribe[2];
    ByteArrayOutputStream codes = new ByteArrayOutputStream();
    while (at < subscribe.length) {
      at += 2 + (((subscribe[at] & 0xff) << 8) | (subscribe[at + 1] & 0xff)) + 1;
      codes.write(GRANTED);
    }
    ByteArrayOutputStream suback = new ByteArrayOutputStream();
    suback.write(0x90);
    suback.write(3 + codes.size());
    suback.write(subscribe, 0, 2);
    suback.write(0);
    suback.writeBytes(codes.toByteArray());
    return suback.toByteArray();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
