package org.linli.sims.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Packets of MQTT 5 for attacks, including packets that no client should send. */
final class Mqtt {

  static final int CONNECT = 0x10;
  static final int CONNACK = 2;
  static final int PUBACK = 4;

  private static final int SUBSCRIBE = 0x82;
  private static final int WILL = 0x04;
  private static final int WILL_AT_LEAST_ONCE = 0x08;
  private static final int CLEAN_START = 0x02;
  private static final int SESSION_EXPIRY = 0x11;
  private static final int USER_PROPERTY = 0x26;
  private static final int KEEP_ALIVE_SECONDS = 600;
  private static final int PROPERTY_BYTES = 10_000;

  private Mqtt() {}

  /** CONNECT of a client that leaves no session behind. */
  static byte[] connect(String clientId) {
    return connect(clientId, 0, "", new byte[0]);
  }

  /**
   * CONNECT of a client.
   *
   * @param sessionSeconds how long its session outlives the connection; 0 for none
   * @param willTopic empty for no will
   */
  static byte[] connect(String clientId, int sessionSeconds, String willTopic, byte[] will) {
    Body body = new Body();
    body.text("MQTT");
    body.out.write(5);
    int flags = sessionSeconds == 0 ? CLEAN_START : 0;
    if (!willTopic.isEmpty()) {
      flags |= WILL | WILL_AT_LEAST_ONCE;
    }
    body.out.write(flags);
    body.number(KEEP_ALIVE_SECONDS);
    if (sessionSeconds == 0) {
      body.out.write(0);
    } else {
      body.out.write(5);
      body.out.write(SESSION_EXPIRY);
      body.out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(sessionSeconds).array());
    }
    body.text(clientId);
    if (!willTopic.isEmpty()) {
      body.out.write(0);
      body.text(willTopic);
      body.number(will.length);
      body.out.writeBytes(will);
    }
    return packet(CONNECT, body.bytes());
  }

  /** CONNECT with this many bytes of properties besides the client id; every byte is valid. */
  static byte[] largeConnect(String clientId, int bytes) {
    Body properties = new Body();
    while (properties.out.size() < bytes) {
      properties.out.write(USER_PROPERTY);
      properties.text("note");
      properties.text("x".repeat(PROPERTY_BYTES));
    }
    Body body = new Body();
    body.text("MQTT");
    body.out.write(5);
    body.out.write(CLEAN_START);
    body.number(KEEP_ALIVE_SECONDS);
    body.length(properties.out.size());
    body.out.writeBytes(properties.bytes());
    body.text(clientId);
    return packet(CONNECT, body.bytes());
  }

  static byte[] publish(int qos, String topic, int packetId, byte[] payload) {
    return publish(qos, topic, packetId, Map.of(), payload);
  }

  static byte[] publish(
      int qos, String topic, int packetId, Map<String, String> properties, byte[] payload) {
    Body body = new Body();
    body.text(topic);
    if (qos > 0) {
      body.number(packetId);
    }
    Body said = new Body();
    properties.forEach(
        (name, value) -> {
          said.out.write(USER_PROPERTY);
          said.text(name);
          said.text(value);
        });
    body.length(said.out.size());
    body.out.writeBytes(said.bytes());
    body.out.writeBytes(payload);
    return packet(0x30 | qos << 1, body.bytes());
  }

  static byte[] subscribe(int packetId, List<String> filters) {
    Body body = new Body();
    body.number(packetId);
    body.out.write(0);
    for (String filter : filters) {
      body.text(filter);
      body.out.write(1);
    }
    return packet(SUBSCRIBE, body.bytes());
  }

  static byte[] ping() {
    return new byte[] {(byte) 0xC0, 0};
  }

  /** The beginning of a packet, with the length of the rest. */
  static byte[] head(int first, int length) {
    Body head = new Body();
    head.out.write(first);
    head.length(length);
    return head.bytes();
  }

  private static byte[] packet(int first, byte[] rest) {
    Body packet = new Body();
    packet.out.write(first);
    packet.length(rest.length);
    packet.out.writeBytes(rest);
    return packet.bytes();
  }

  private static final class Body {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private void number(int number) {
      out.write(number >> 8);
      out.write(number);
    }

    private void text(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      number(bytes.length);
      out.writeBytes(bytes);
    }

    private void length(int length) {
      int rest = length;
      do {
        int seven = rest & 0x7F;
        rest >>>= 7;
        out.write(rest > 0 ? seven | 0x80 : seven);
      } while (rest > 0);
    }

    private byte[] bytes() {
      return out.toByteArray();
    }
  }
}
