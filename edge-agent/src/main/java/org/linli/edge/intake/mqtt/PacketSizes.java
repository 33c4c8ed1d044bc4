package org.linli.edge.intake.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.mqtt.MqttMessageType;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.linli.edge.intake.Address;

/**
 * Which packets may come over a connection, and their size limits, by their first byte. The first
 * packet is a CONNECT, which is small.
 */
final class PacketSizes {

  private final MqttSettings settings;
  private final BooleanSupplier isAfterConnect;

  PacketSizes(MqttSettings settings, BooleanSupplier isAfterConnect) {
    this.settings = settings;
    this.isAfterConnect = isAfterConnect;
  }

  /** Whether a packet with this first byte may come now. */
  boolean expects(byte first) {
    return isAfterConnect.getAsBoolean() || type(first) == MqttMessageType.CONNECT.value();
  }

  /** Limit of the bytes after the length of a packet with this first byte. */
  int largestRest(byte first) {
    if (!isAfterConnect.getAsBoolean()) {
      return settings.largestConnect();
    }
    return isPublish(first) ? settings.largestRest() : settings.largestControl();
  }

  /** Why a packet with this first byte is too large, for a person. */
  String tooLarge(byte first, int rest) {
    return rest + " bytes, at most " + settings.whole(largestRest(first)) + " are taken";
  }

  /**
   * The topic that a PUBLISH begins with (MQTT 5 section 3.3.2.1).
   *
   * @param content as far as it has come
   * @return empty if the topic has not come, or is longer than any that is read
   */
  static String topic(ByteBuf content) {
    int start = content.readerIndex() + Short.BYTES;
    int present = content.readableBytes() - Short.BYTES;
    int length = present < 0 ? 0 : content.getUnsignedShort(content.readerIndex());
    return length > present || length > Address.LONGEST_TOPIC
        ? ""
        : content.toString(start, length, StandardCharsets.UTF_8);
  }

  static boolean isPublish(byte first) {
    return type(first) == MqttMessageType.PUBLISH.value();
  }

  private static int type(byte first) {
    return (first & 0xff) >> 4;
  }
}
