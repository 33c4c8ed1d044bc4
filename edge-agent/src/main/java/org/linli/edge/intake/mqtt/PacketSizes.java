package org.linli.edge.intake.mqtt;

import io.netty.handler.codec.mqtt.MqttMessageType;
import java.util.function.BooleanSupplier;

/** What may come over a connection, by a packet's first byte: a small CONNECT first. */
final class PacketSizes {

  private final MqttSettings settings;
  private final BooleanSupplier isAfterConnect;

  PacketSizes(MqttSettings settings, BooleanSupplier isAfterConnect) {
    this.settings = settings;
    this.isAfterConnect = isAfterConnect;
  }

  /** Whether a packet that begins so may come now. */
  boolean expects(byte first) {
    return isAfterConnect.getAsBoolean() || type(first) == MqttMessageType.CONNECT.value();
  }

  /** How many bytes may follow the length of a packet that begins so. */
  int largestRest(byte first) {
    if (!isAfterConnect.getAsBoolean()) {
      return settings.largestConnect();
    }
    return isPublish(first) ? settings.largestRest() : settings.largestControl();
  }

  /** Why a packet that begins so is too large, for a person. */
  String tooLarge(byte first, int rest) {
    return rest + " bytes, at most " + settings.whole(largestRest(first)) + " are taken";
  }

  static boolean isPublish(byte first) {
    return type(first) == MqttMessageType.PUBLISH.value();
  }

  private static int type(byte first) {
    return (first & 0xff) >> 4;
  }
}
