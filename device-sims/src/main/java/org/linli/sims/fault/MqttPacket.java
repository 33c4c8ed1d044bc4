package org.linli.sims.fault;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The part of MQTT's framing that faults need (MQTT 5, 2.1, 3.3 and 3.4). */
record MqttPacket(byte[] bytes) {

  private static final int PUBLISH = 3;
  private static final int PUBACK = 4;
  private static final int MOST_LENGTH_BYTES = 4;
  private static final byte TOPIC_ALIAS = 0x23;
  private static final int ALIAS_BYTES = 3;

  /**
   * The next packet; empty at the end of the stream.
   *
   * @throws IOException when the stream breaks or is not MQTT
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

  /** The acknowledgement of a PUBLISH at QoS 1: success, without a reason string. */
  static byte[] pubAck(int packetId) {
    return new byte[] {PUBACK << 4, 2, (byte) (packetId >> 8), (byte) packetId};
  }

  /** Whether this is a PUBLISH at QoS 1, which has a packet id and one acknowledgement. */
  boolean isPublishAtLeastOnce() {
    return isPublish() && qos() == 1;
  }

  boolean isPubAck() {
    return type() == PUBACK;
  }

  /** The topic of a PUBLISH. */
  String topic() {
    int at = variableHeader();
    return new String(bytes, at + 2, number(at), StandardCharsets.UTF_8);
  }

  /** The packet id of a PUBLISH above QoS 0 or of a PUBACK. */
  int packetId() {
    return number(packetIdAt());
  }

  /** The same PUBLISH with another packet id. */
  MqttPacket withPacketId(int packetId) {
    byte[] copy = bytes.clone();
    copy[packetIdAt()] = (byte) (packetId >> 8);
    copy[packetIdAt() + 1] = (byte) packetId;
    return new MqttPacket(copy);
  }

  /** Where the payload of an MQTT 5 PUBLISH begins, after its properties. */
  int payloadAt() {
    int at = packetIdAt() + (qos() > 0 ? 2 : 0);
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

  /** The topic alias of an MQTT 5 PUBLISH (3.3.2.3.4); 0 for none. */
  int topicAlias() {
    int at = topicAliasAt();
    return at < 0 ? 0 : number(at + 1);
  }

  /**
   * The same PUBLISH with its full topic, so that it can be removed, moved or repeated without
   * changing the alias of others.
   */
  MqttPacket withTopic(String topic) {
    int at = topicAliasAt();
    int propertiesAt = packetIdAt() + (qos() > 0 ? 2 : 0);
    byte[] name = topic.getBytes(StandardCharsets.UTF_8);
    byte[] properties = Arrays.copyOfRange(bytes, afterNumber(propertiesAt), payloadAt());
    if (at >= 0) {
      int within = at - afterNumber(propertiesAt);
      byte[] rest = new byte[properties.length - ALIAS_BYTES];
      System.arraycopy(properties, 0, rest, 0, within);
      System.arraycopy(properties, within + ALIAS_BYTES, rest, within, rest.length - within);
      properties = rest;
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(name.length >> 8);
    body.write(name.length);
    body.writeBytes(name);
    body.write(bytes, packetIdAt(), propertiesAt - packetIdAt());
    writeNumber(body, properties.length);
    body.writeBytes(properties);
    body.write(bytes, payloadAt(), bytes.length - payloadAt());
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(bytes[0]);
    writeNumber(whole, body.size());
    whole.writeBytes(body.toByteArray());
    return new MqttPacket(whole.toByteArray());
  }

  /** The same PUBLISH with another payload. */
  MqttPacket withPayload(byte[] payload) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(bytes[0]);
    writeNumber(whole, payloadAt() - variableHeader() + payload.length);
    whole.write(bytes, variableHeader(), payloadAt() - variableHeader());
    whole.writeBytes(payload);
    return new MqttPacket(whole.toByteArray());
  }

  boolean isPublish() {
    return type() == PUBLISH;
  }

  private int qos() {
    return bytes[0] >> 1 & 3;
  }

  /** The offset of the property, or -1. */
  private int topicAliasAt() {
    int at = afterNumber(packetIdAt() + (qos() > 0 ? 2 : 0));
    while (at < payloadAt()) {
      int property = bytes[at];
      if (property == TOPIC_ALIAS) {
        return at;
      }
      at = afterProperty(at);
    }
    return -1;
  }

  /** Skips a property that a PUBLISH may have (3.3.2.3). */
  private int afterProperty(int at) {
    return switch (bytes[at]) {
      case 0x01 -> at + 2;
      case 0x02 -> at + 5;
      case 0x03, 0x08, 0x09 -> at + 3 + number(at + 1);
      case 0x0B -> afterNumber(at + 1);
      case TOPIC_ALIAS -> at + ALIAS_BYTES;
      case 0x26 -> {
        int value = at + 3 + number(at + 1);
        yield value + 2 + number(value);
      }
      default -> throw new IllegalStateException("no property of a PUBLISH: " + bytes[at]);
    };
  }

  private int afterNumber(int at) {
    int next = at;
    while ((bytes[next] & 0x80) != 0) {
      next++;
    }
    return next + 1;
  }

  private static void writeNumber(ByteArrayOutputStream out, int number) {
    int rest = number;
    do {
      int seven = rest & 0x7F;
      rest >>= 7;
      out.write(rest > 0 ? seven | 0x80 : seven);
    } while (rest > 0);
  }

  private int type() {
    return bytes[0] >> 4 & 0xF;
  }

  private int variableHeader() {
    return afterNumber(1);
  }

  private int packetIdAt() {
    int at = variableHeader();
    return isPubAck() ? at : at + 2 + number(at);
  }

  private int number(int at) {
    return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
  }
}
