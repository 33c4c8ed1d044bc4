package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A device that speaks MQTT 3.1.1 (version 4) or 5 byte by byte. */
final class RawDevice implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 10_000;

  private final int version;
  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  /** With a connection, and nothing said yet. */
  RawDevice(int port, int version) throws IOException {
    this.version = version;
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** Connected with this CONNECT, whatever CONNACK said. */
  static RawDevice with(int port, Connect connect) throws IOException {
    RawDevice device = new RawDevice(port, connect.version);
    device.out.write(packet(0x10, connect.content()));
    return device;
  }

  /** Welcomed with a session that ends with its connection. */
  static RawDevice connected(int port, String clientId, int version) throws IOException {
    RawDevice device = with(port, new Connect(version, clientId));
    assertThat(device.read()).startsWith(0x20).containsSequence(0, 0);
    return device;
  }

  int version() {
    return version;
  }

  void publish(int qos, int packetId, String topic, String payload) {
    publish(qos, packetId, topic, payload.getBytes(StandardCharsets.UTF_8));
  }

  void publish(int qos, int packetId, String topic, byte[] payload) {
    publish(qos, packetId, topic.getBytes(StandardCharsets.UTF_8), payload);
  }

  void publish(int qos, int packetId, byte[] topic, byte[] payload) {
    ByteArrayOutputStream publish = new ByteArrayOutputStream();
    string(publish, topic);
    if (qos > 0) {
      publish.write(packetId >> 8);
      publish.write(packetId);
    }
    publish.writeBytes(version == 5 ? new byte[1] : new byte[0]);
    publish.writeBytes(payload);
    try {
      out.write(packet(0x30 | qos << 1, publish));
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  /** The bytes of a CONNECT. */
  static byte[] bytes(Connect connect) {
    return packet(0x10, connect.content());
  }

  /**
   * Begins a PUBLISH at QoS 0 that never comes to its end.
   *
   * @param size what it says that it has
   * @param begun what is sent of it
   */
  void beginPublish(String topic, int size, byte[] begun) throws IOException {
    ByteArrayOutputStream publish = new ByteArrayOutputStream();
    string(publish, topic.getBytes(StandardCharsets.UTF_8));
    byte[] whole = packet(0x30, publish, size);
    out.write(whole);
    out.write(begun);
  }

  void subscribe(int packetId, String filter, int qos) throws IOException {
    subscribe(packetId, List.of(filter), qos);
  }

  private void subscribe(int packetId, List<String> filters, int qos) throws IOException {
    ByteArrayOutputStream subscribe = new ByteArrayOutputStream();
    subscribe.write(packetId >> 8);
    subscribe.write(packetId);
    subscribe.writeBytes(version == 5 ? new byte[1] : new byte[0]);
    for (String filter : filters) {
      string(subscribe, filter.getBytes(StandardCharsets.UTF_8));
      subscribe.write(qos);
    }
    out.write(packet(0x82, subscribe));
  }

  /** To the same again and again. */
  void subscribeOften(int packetId, String filter, int times) throws IOException {
    subscribe(packetId, Collections.nCopies(times, filter), 0);
  }

  /** With options as MQTT 5 has them in section 3.8.3.1. */
  void subscribe(int packetId, String filter, int qos, boolean asPublished, int retainHandling)
      throws IOException {
    subscribe(packetId, filter, qos | (asPublished ? 8 : 0) | retainHandling << 4);
  }

  void unsubscribe(int packetId, String filter) throws IOException {
    ByteArrayOutputStream unsubscribe = new ByteArrayOutputStream();
    unsubscribe.write(packetId >> 8);
    unsubscribe.write(packetId);
    unsubscribe.writeBytes(version == 5 ? new byte[1] : new byte[0]);
    string(unsubscribe, filter.getBytes(StandardCharsets.UTF_8));
    out.write(packet(0xa2, unsubscribe));
  }

  /** PUBACK for a packet id below 256. */
  void acknowledge(int packetId) throws IOException {
    send(0x40, 2, 0, packetId);
  }

  /** PUBREL for a packet id below 256. */
  void release(int packetId) throws IOException {
    send(0x62, 2, 0, packetId);
  }

  void send(int... bytes) throws IOException {
    byte[] packet = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      packet[i] = (byte) bytes[i];
    }
    out.write(packet);
  }

  /** The next packet's bytes; none at the end of the connection. */
  int[] read() throws IOException {
    try {
      int type = in.readUnsignedByte();
      int length = 0;
      int shift = 0;
      for (int next = 128; next >= 128; shift += 7) {
        next = in.readUnsignedByte();
        length |= (next & 127) << shift;
      }
      int[] packet = new int[2 + length];
      packet[0] = type;
      packet[1] = length;
      for (int i = 0; i < length; i++) {
        packet[2 + i] = in.readUnsignedByte();
      }
      return packet;
    } catch (EOFException | SocketException closed) {
      return new int[0];
    }
  }

  void expectSilence(Duration howLong) {
    await()
        .during(howLong)
        .atMost(howLong.multipliedBy(5))
        .until(() -> socket.getInputStream().available() == 0);
  }

  /** The connection breaks without a word. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static byte[] packet(int type, ByteArrayOutputStream content) {
    return packet(type, content, content.size());
  }

  private static byte[] packet(int type, ByteArrayOutputStream content, int said) {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(type);
    int rest = said;
    for (; rest > 127; rest >>= 7) {
      packet.write(rest & 127 | 128);
    }
    packet.write(rest);
    packet.writeBytes(content.toByteArray());
    return packet.toByteArray();
  }

  private static void string(ByteArrayOutputStream content, byte[] bytes) {
    content.write(bytes.length >> 8);
    content.write(bytes.length);
    content.writeBytes(bytes);
  }

  /** A CONNECT in the making. */
  static final class Connect {
    private final int version;
    private final String clientId;
    private boolean clean = true;
    private int keepAlive;
    private int expiry = -1;
    private int receiveMaximum = -1;
    private int maximumPacketSize = -1;
    private @Nullable String willTopic;
    private String will = "";
    private int willDelay;
    private @Nullable String user;
    private @Nullable String password;

    Connect(int version, String clientId) {
      this.version = version;
      this.clientId = clientId;
    }

    String clientId() {
      return clientId;
    }

    Connect lasting() {
      clean = false;
      expiry = 3_600;
      return this;
    }

    Connect clean(boolean wanted) {
      clean = wanted;
      return this;
    }

    /** Only MQTT 5 can say so. */
    Connect expiry(int seconds) {
      expiry = seconds;
      return this;
    }

    /** Most messages of QoS 1 that it takes without an acknowledgement. */
    Connect receiveMaximum(int messages) {
      receiveMaximum = messages;
      return this;
    }

    Connect maximumPacketSize(int bytes) {
      maximumPacketSize = bytes;
      return this;
    }

    Connect keepAlive(int seconds) {
      keepAlive = seconds;
      return this;
    }

    Connect will(String topic, String payload) {
      willTopic = topic;
      will = payload;
      return this;
    }

    Connect willDelay(int seconds) {
      willDelay = seconds;
      return this;
    }

    Connect signIn(String name, String secret) {
      user = name;
      password = secret;
      return this;
    }

    private ByteArrayOutputStream content() {
      ByteArrayOutputStream connect = new ByteArrayOutputStream();
      string(connect, utf8("MQTT"));
      connect.write(version);
      connect.write(
          (clean ? 2 : 0)
              | (willTopic == null ? 0 : 0x0c)
              | (password == null ? 0 : 0x40)
              | (user == null ? 0 : 0x80));
      connect.write(keepAlive >> 8);
      connect.write(keepAlive);
      if (version == 5) {
        ByteArrayOutputStream properties = new ByteArrayOutputStream();
        property(properties, 0x11, 4, expiry);
        property(properties, 0x21, 2, receiveMaximum);
        property(properties, 0x27, 4, maximumPacketSize);
        connect.write(properties.size());
        connect.writeBytes(properties.toByteArray());
      }
      string(connect, utf8(clientId));
      if (willTopic != null) {
        if (version == 5) {
          connect.write(5);
          property(connect, 0x18, 4, willDelay);
        }
        string(connect, utf8(willTopic));
        string(connect, utf8(will));
      }
      if (user != null) {
        string(connect, utf8(user));
      }
      if (password != null) {
        string(connect, utf8(password));
      }
      return connect;
    }

    /** A number of so many bytes; nothing where it is negative. */
    private static void property(ByteArrayOutputStream content, int id, int bytes, int value) {
      if (value >= 0) {
        content.write(id);
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
          content.write(value >> shift);
        }
      }
    }

    private static byte[] utf8(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }
}
