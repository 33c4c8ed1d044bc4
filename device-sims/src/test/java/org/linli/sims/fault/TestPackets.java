package org.linli.sims.fault;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Packets of MQTT 5, byte by byte. */
final class TestPackets {

  private TestPackets() {}

  /** A PUBLISH at QoS 1 without properties, with one byte of payload. */
  static byte[] publish(String topic, int packetId) {
    return publish(topic, packetId, new byte[0]);
  }

  /** The same with an alias for its topic. */
  static byte[] publish(String topic, int packetId, int alias) {
    return publish(topic, packetId, new byte[] {0x23, (byte) (alias >> 8), (byte) alias});
  }

  private static byte[] publish(String topic, int packetId, byte[] properties) {
    byte[] name = topic.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(0x32);
    packet.write(2 + name.length + 2 + 1 + properties.length + 1);
    packet.write(name.length >> 8);
    packet.write(name.length);
    packet.writeBytes(name);
    packet.write(packetId >> 8);
    packet.write(packetId);
    packet.write(properties.length);
    packet.writeBytes(properties);
    packet.write('x');
    return packet.toByteArray();
  }
}
