package org.linli.sims.link;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The few control packets that a device needs, of MQTT 3.1.1 (OASIS 2014) and 5 (OASIS 2019). They
 * are written here so that the checks share no protocol code with the programs under test.
 */
final class MqttPackets {

  /** What a server sends to a device that only publishes. */
  sealed interface FromServer {

    /**
     * @param code 0 when the connection is accepted
     * @param receiveMaximum how many publishes may be unanswered at a time (MQTT 5, 3.2.2.3.3)
     */
    record ConnAck(int code, int receiveMaximum) implements FromServer {}

    record PubAck(int packetId, int reason) implements FromServer {}

    /** QoS 2: the server has it; it waits for PUBREL. */
    record PubRec(int packetId, int reason) implements FromServer {}

    /** QoS 2: the packet id may be used again. */
    record PubComp(int packetId) implements FromServer {}

    record Disconnect(int reason) implements FromServer {}

    /** The answer to a ping, or a packet that a publisher can ignore. */
    record Other(int type) implements FromServer {}
  }

  private static final int MAX_PACKET = 1024 * 1024;
  private static final int UNLIMITED = 65_535;

  private final MqttVersion version;

  MqttPackets(MqttVersion version) {
    this.version = version;
  }

  void writeConnect(OutputStream out, String clientId, int keepAliveSeconds) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(body);
    data.writeUTF("MQTT");
    data.writeByte(version.level());
    data.writeByte(0x02); // clean start: the link itself repeats what was not answered
    data.writeShort(keepAliveSeconds);
    if (version == MqttVersion.V5) {
      data.writeByte(0);
    }
    data.writeUTF(clientId);
    writePacket(out, 0x10, body.toByteArray());
  }

  /**
   * @param packetId the id that the answer names; not sent at QoS 0
   */
  void writePublish(OutputStream out, String topic, int qos, int packetId, byte[] payload)
      throws IOException {
    byte[] name = topic.getBytes(StandardCharsets.UTF_8);
    int properties = version == MqttVersion.V5 ? 1 : 0;
    int packetIdBytes = qos > 0 ? 2 : 0;
    out.write(0x30 | qos << 1);
    writeLength(out, 2 + name.length + packetIdBytes + properties + payload.length);
    out.write(name.length >> 8);
    out.write(name.length);
    out.write(name);
    if (packetIdBytes > 0) {
      out.write(packetId >> 8);
      out.write(packetId);
    }
    if (properties > 0) {
      out.write(0);
    }
    out.write(payload);
  }

  /** PUBREL, the third step of QoS 2; its flags are fixed (3.6.1). */
  void writeRelease(OutputStream out, int packetId) throws IOException {
    writePacket(out, 0x62, new byte[] {(byte) (packetId >> 8), (byte) packetId});
  }

  void writePing(OutputStream out) throws IOException {
    writePacket(out, 0xC0, new byte[0]);
  }

  void writeDisconnect(OutputStream out) throws IOException {
    writePacket(out, 0xE0, new byte[0]);
  }

  FromServer read(DataInputStream in) throws IOException {
    int type = in.readUnsignedByte() >> 4;
    int length = readLength(in);
    if (length > MAX_PACKET) {
      throw new IOException("the server sent a packet of " + length + " bytes");
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new IOException("the connection ended in the middle of a packet");
    }
    return switch (type) {
      case 2 -> connAck(body);
      case 4 -> new FromServer.PubAck(unsignedShort(body, 0), reason(body));
      case 5 -> new FromServer.PubRec(unsignedShort(body, 0), reason(body));
      case 7 -> new FromServer.PubComp(unsignedShort(body, 0));
      case 14 -> new FromServer.Disconnect(body.length > 0 ? Byte.toUnsignedInt(body[0]) : 0);
      default -> new FromServer.Other(type);
    };
  }

  /** The reason code, which MQTT 5 omits for success and 3.1.1 does not have. */
  private static int reason(byte[] body) {
    return body.length > 2 ? Byte.toUnsignedInt(body[2]) : 0;
  }

  private FromServer.ConnAck connAck(byte[] body) throws IOException {
    int code = Byte.toUnsignedInt(body[1]);
    int receiveMaximum = UNLIMITED;
    // The property is a two-byte one among others whose lengths depend on their ids.
    int at = version == MqttVersion.V5 && body.length > 2 ? 3 : body.length;
    while (at < body.length) {
      int id = Byte.toUnsignedInt(body[at++]);
      if (id == 0x21) {
        receiveMaximum = unsignedShort(body, at);
      }
      at +=
          switch (id) {
            case 0x24, 0x25, 0x28, 0x29, 0x2A -> 1;
            case 0x13, 0x21, 0x22 -> 2;
            case 0x11, 0x27 -> 4;
            case 0x12, 0x15, 0x16, 0x1A, 0x1C, 0x1F -> 2 + unsignedShort(body, at);
            case 0x26 -> {
              int name = 2 + unsignedShort(body, at);
              yield name + 2 + unsignedShort(body, at + name);
            }
            default -> throw new IOException("CONNACK has an unknown property " + id);
          };
    }
    return new FromServer.ConnAck(code, receiveMaximum);
  }

  private static void writePacket(OutputStream out, int first, byte[] body) throws IOException {
    out.write(first);
    writeLength(out, body.length);
    out.write(body);
  }

  private static void writeLength(OutputStream out, int length) throws IOException {
    int rest = length;
    do {
      int digit = rest & 0x7F;
      rest >>>= 7;
      out.write(rest > 0 ? digit | 0x80 : digit);
    } while (rest > 0);
  }

  private static int readLength(DataInputStream in) throws IOException {
    int length = 0;
    for (int shift = 0; shift <= 21; shift += 7) {
      int digit = in.readUnsignedByte();
      length |= (digit & 0x7F) << shift;
      if (digit < 0x80) {
        return length;
      }
    }
    throw new IOException("the server sent a length of more than four bytes");
  }

  private static int unsignedShort(byte[] bytes, int at) throws IOException {
    if (at + 2 > bytes.length) {
      throw new IOException("the server sent a packet that is too short");
    }
    return Byte.toUnsignedInt(bytes[at]) << 8 | Byte.toUnsignedInt(bytes[at + 1]);
  }
}
