package org.linli.hub.gateway.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/**
 * A socket that speaks to the hub under a gateway's name and sends what no client library would.
 */
final class RawGateway implements AutoCloseable {

  private static final int CONNECT = 0x10;
  private static final int PUBLISH_AT_LEAST_ONCE = 0x32;

  private final Socket socket;

  RawGateway(int port, String id) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(5_000);
    send(connect(id));
    if (socket.getInputStream().read() != 0x20) {
      throw new IOException("no CONNACK");
    }
    byte[] rest = socket.getInputStream().readNBytes(socket.getInputStream().read());
    if (rest[1] != 0) {
      throw new IOException("refused with " + rest[1]);
    }
  }

  /**
   * Knocks under a gateway's name and leaves.
   *
   * @return the reason code of the CONNACK; 0 where it was let in
   */
  static int knock(int port, String id) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(connect(id));
      InputStream in = socket.getInputStream();
      in.skipNBytes(1);
      byte[] rest = in.readNBytes(in.read());
      if (rest[1] != 0 && in.read() >= 0) {
        throw new IOException("refused and not closed");
      }
      return rest[1] & 0xFF;
    }
  }

  private static byte[] connect(String id) {
    return packet(CONNECT, text("MQTT"), new byte[] {5, 2, 0, 60, 0}, text(id));
  }

  static byte[] text(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return joined(new byte[] {(byte) (bytes.length >> 8), (byte) bytes.length}, bytes);
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** Variable byte integer. */
  static byte[] length(int length) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int rest = length;
    do {
      int next = rest & 0x7F;
      rest >>>= 7;
      bytes.write(rest == 0 ? next : next | 0x80);
    } while (rest > 0);
    return bytes.toByteArray();
  }

  static byte[] packet(int first, byte[]... content) {
    byte[] all = joined(content);
    return joined(new byte[] {(byte) first}, length(all.length), all);
  }

  /** The same bytes again and again. */
  static byte[] times(int count, byte... bytes) {
    byte[] all = new byte[count * bytes.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = bytes[i % bytes.length];
    }
    return all;
  }

  static byte[] publish(String topic, int id, byte[] properties, byte[] payload) {
    return packet(
        PUBLISH_AT_LEAST_ONCE,
        text(topic),
        new byte[] {(byte) (id >> 8), (byte) id},
        length(properties.length),
        properties,
        payload);
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** In segments of their own, until the hub takes no more. */
  void sendInSegments(byte[] bytes, int size) {
    try {
      for (int at = 0; at < bytes.length; at += size) {
        send(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
      }
    } catch (IOException closed) {
      // What the test then asks.
    }
  }

  /** The reason code of a DISCONNECT; -1 where it was closed without one, or reset; -2 if open. */
  int farewell() {
    try {
      InputStream in = socket.getInputStream();
      int first = in.read();
      while (first >= 0 && first != 0xE0) {
        in.skipNBytes(in.read());
        first = in.read();
      }
      return first < 0 || in.read() == 0 ? -1 : in.read();
    } catch (SocketTimeoutException open) {
      return -2;
    } catch (IOException reset) {
      return -1;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
