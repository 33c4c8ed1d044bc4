package org.linli.edge.intake.mqtt;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnAckVariableHeader;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubAckPayload;
import java.util.List;
import org.linli.edge.command.Command;

/** The packets that this door sends; MQTT 3.1.1 leaves reason codes and properties out. */
final class Packets {

  private Packets() {}

  static MqttMessage connAck(
      MqttConnectReturnCode code, boolean sessionPresent, MqttProperties properties) {
    return new MqttConnAckMessage(
        header(MqttMessageType.CONNACK),
        new MqttConnAckVariableHeader(code, sessionPresent, properties));
  }

  static MqttMessage pingResp() {
    return MqttMessage.PINGRESP;
  }

  static MqttMessage disconnect(Reason reason, MqttProperties properties) {
    return new MqttMessage(
        header(MqttMessageType.DISCONNECT),
        new MqttReasonCodeAndPropertiesVariableHeader(reason.code(), properties));
  }

  static MqttMessage pubAck(int packetId, Reason reason, MqttProperties properties) {
    return answer(MqttMessageType.PUBACK, packetId, reason, properties);
  }

  static MqttMessage pubRec(int packetId, Reason reason, MqttProperties properties) {
    return answer(MqttMessageType.PUBREC, packetId, reason, properties);
  }

  static MqttMessage pubComp(int packetId, Reason reason) {
    return answer(MqttMessageType.PUBCOMP, packetId, reason, MqttProperties.NO_PROPERTIES);
  }

  static MqttMessage subAck(int packetId, int[] codes) {
    return new MqttSubAckMessage(
        header(MqttMessageType.SUBACK),
        new MqttMessageIdAndPropertiesVariableHeader(packetId, MqttProperties.NO_PROPERTIES),
        new MqttSubAckPayload(codes));
  }

  static MqttMessage unsubAck(int packetId, List<Reason> reasons) {
    short[] codes = new short[reasons.size()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (short) reasons.get(i).unsigned();
    }
    return new MqttUnsubAckMessage(
        header(MqttMessageType.UNSUBACK),
        new MqttMessageIdAndPropertiesVariableHeader(packetId, MqttProperties.NO_PROPERTIES),
        new MqttUnsubAckPayload(codes));
  }

  /**
   * A command for its device.
   *
   * @param packetId 0 at QoS 0
   * @param again whether it was sent before (DUP)
   */
  static MqttMessage publish(
      Command command, int qos, int packetId, boolean again, boolean retain) {
    return new MqttPublishMessage(
        new MqttFixedHeader(MqttMessageType.PUBLISH, again, MqttQoS.valueOf(qos), retain, 0),
        new MqttPublishVariableHeader(command.address().topic(), packetId),
        Unpooled.wrappedBuffer(command.content()));
  }

  /** Size of the packet that {@link #publish} creates. */
  static int publishSize(Command command, int qos, boolean mqtt5) {
    // The topic is ASCII, after its length; in MQTT 5, the length of the empty properties follows.
    int rest =
        2
            + command.address().topic().length()
            + (qos == 0 ? 0 : 2)
            + (mqtt5 ? 1 : 0)
            + command.content().length;
    int size = 1 + rest;
    for (int left = rest; left > 0; left >>= 7) {
      size++;
    }
    return size;
  }

  private static MqttMessage answer(
      MqttMessageType type, int packetId, Reason reason, MqttProperties properties) {
    return new MqttMessage(
        header(type), new MqttPubReplyMessageVariableHeader(packetId, reason.code(), properties));
  }

  private static MqttFixedHeader header(MqttMessageType type) {
    return new MqttFixedHeader(type, false, MqttQoS.AT_MOST_ONCE, false, 0);
  }
}
