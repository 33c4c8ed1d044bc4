package org.linli.sims.hostile;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A TCP connection to one of the programs that can send any bytes. It closes with a reset, so that
 * thousands of them leave no port in TIME_WAIT.
 */
final class Wire implements AutoCloseable {

  private static final int CONNECT_MILLIS = 3_000;
  private static final int ANSWER_MILLIS = 5_000;
  private static final int SMALL = 4 * 1024;

  private final Socket socket;
  private final DataInputStream in;

  /**
   * @param deaf with a small receive buffer, for a client that does not read
   */
  Wire(int port, boolean deaf) throws IOException {
    socket = new Socket();
    try {
      if (deaf) {
        socket.setReceiveBufferSize(SMALL);
      }
      socket.setTcpNoDelay(true);
      socket.setSoLinger(true, 0);
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      in = new DataInputStream(socket.getInputStream());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Waits for the answer to CONNECT.
   *
   * @throws IOException when there is none, or it is a refusal
   */
  void requireConnAck() throws IOException {
    byte[] answer = readPacket();
    int reason = answer.length > 2 ? Byte.toUnsignedInt(answer[2]) : 0x80;
    if (answer[0] >> 4 != Mqtt.CONNACK || reason != 0) {
      throw new IOException("CONNACK 0x%02X".formatted(reason));
    }
  }

  /** The next MQTT packet: its first byte, and after it the content behind the length. */
  byte[] readPacket() throws IOException {
    int first = in.readUnsignedByte();
    int length = 0;
    for (int shift = 0; ; shift += 7) {
      int next = in.readUnsignedByte();
      length |= (next & 0x7F) << shift;
      if (next < 0x80) {
        break;
      }
      if (shift > 14) {
        throw new IOException("a packet of more than 2 MB");
      }
    }
    byte[] packet = new byte[1 + length];
    packet[0] = (byte) first;
    in.readFully(packet, 1, length);
    return packet;
  }

  /** Waits for the acknowledgement of a PUBLISH at QoS 1, skipping other packets. */
  void awaitPubAck() throws IOException {
    while (readPacket()[0] >> 4 != Mqtt.PUBACK) {
      // A receipt, or the answer to SUBSCRIBE.
    }
  }

  /** The status code of an HTTP answer; the rest is not read. */
  int readStatus() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || line.length() > SMALL) {
        throw new EOFException("no HTTP answer");
      }
      line.append((char) next);
    }
    String[] parts = line.toString().split(" ", 3);
    if (parts.length < 2 || !parts[0].startsWith("HTTP/")) {
      throw new IOException("no HTTP answer: " + line.toString().strip());
    }
    return Integer.parseInt(parts[1].strip());
  }

  /** Everything before the body of an HTTP answer. */
  String readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0 || head.length() > 4 * SMALL) {
        throw new EOFException("no HTTP answer");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // Closed already.
    }
  }
}
