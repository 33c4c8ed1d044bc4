package org.linli.sims.fault;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** As much of MQTT's framing as a fault needs to know (MQTT 5, 2.1, 3.3 and 3.4). */
record MqttPacket(byte[] bytes) {

  private static final int PUBLISH = 3;
  private static final int PUBACK = 4;
  private static final int MOST_LENGTH_BYTES = 4;

  /**
   * The next packet, or empty at the end of the stream.
   *
   * @throws IOException when it breaks, or is no MQTT
   */
  static byte[] read(InputStream in) throws IOException {
    int first = in.read();
    if (first < 0) {
      return new byte[0];
    }
    byte[] head = new byte[1 + MOST_LENGTH_BYTES];
    head[0] = (byte) first;
    int length = 0;
    for (int i = 0; i < MOST_LENGTH_BYTES; i++) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the stream ends within a packet");
      }
      head[1 + i] = (byte) next;
      length |= (next & 0x7F) << 7 * i;
      if ((next & 0x80) == 0) {
        byte[] packet = Arrays.copyOf(head, 2 + i + length);
        new DataInputStream(in).readFully(packet, 2 + i, length);
        return packet;
      }
    }
    throw new IOException("no MQTT: a length of more than four bytes");
  }

  /** The acknowledgement of a PUBLISH at QoS 1: success, without a word more. */
  static byte[] pubAck(int packetId) {
    return new byte[] {PUBACK << 4, 2, (byte) (packetId >> 8), (byte) packetId};
  }

  /** A PUBLISH at QoS 1, which has a packet id and one acknowledgement. */
  boolean isPublishAtLeastOnce() {
    return type() == PUBLISH && (bytes[0] >> 1 & 3) == 1;
  }

  boolean isPubAck() {
    return type() == PUBACK;
  }

  /** Of a PUBLISH. */
  String topic() {
    int at = variableHeader();
    return new String(bytes, at + 2, number(at), StandardCharsets.UTF_8);
  }

  /** Of a PUBLISH above QoS 0 or a PUBACK. */
  int packetId() {
    return number(packetIdAt());
  }

  /** The same PUBLISH under another id. */
  MqttPacket withPacketId(int packetId) {
    byte[] copy = bytes.clone();
    copy[packetIdAt()] = (byte) (packetId >> 8);
    copy[packetIdAt() + 1] = (byte) packetId;
    return new MqttPacket(copy);
  }

  /** Where the payload of a PUBLISH in MQTT 5 begins, after its properties. */
  int payloadAt() {
    int at = packetIdAt() + 2;
    int length = 0;
    int shift = 0;
    int next;
    do {
      next = bytes[at++] & 0xFF;
      length |= (next & 0x7F) << shift;
      shift += 7;
    } while ((next & 0x80) != 0);
    return at + length;
  }

  private int type() {
    return bytes[0] >> 4 & 0xF;
  }

  private int variableHeader() {
    int at = 1;
    while ((bytes[at] & 0x80) != 0) {
      at++;
    }
    return at + 1;
  }

  private int packetIdAt() {
    int at = variableHeader();
    return isPubAck() ? at : at + 2 + number(at);
  }

  private int number(int at) {
    return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
  }
}
