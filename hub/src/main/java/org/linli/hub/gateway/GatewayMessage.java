package org.linli.hub.gateway;

import io.vertx.mqtt.messages.MqttPublishMessage;
import java.nio.charset.StandardCharsets;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.linli.event.UplinkProperties;

/**
 * What the hub keeps of a gateway's message until it is worked off. A library's own message holds
 * on to everything that was said beside it, which may be many times what is counted.
 *
 * @param id by which it is acknowledged
 */
record GatewayMessage(int id, int qos, boolean retained, byte[] payload, UserProperties said) {

  /** What its objects take beside its bytes, with the longest texts that are kept. */
  private static final int BESIDE = 512 + 2 * (UplinkProperties.MAX_FAILED + 256);

  static GatewayMessage of(MqttPublishMessage message) {
    return new GatewayMessage(
        message.messageId(),
        message.qosLevel().value(),
        message.isRetain(),
        message.payload().getBytes(),
        UserProperties.of(message.properties()));
  }

  static GatewayMessage of(MqttMessage message) {
    return new GatewayMessage(
        message.getId(),
        message.getQos(),
        message.isRetained(),
        message.getPayload(),
        UserProperties.of(message));
  }

  /** What it takes of the heap, rather too many than too few. */
  long bytes() {
    return payload.length + BESIDE;
  }

  /** What is left of it to acknowledge it by. */
  GatewayMessage withoutPayload() {
    return new GatewayMessage(id, qos, retained, new byte[0], UserProperties.NONE);
  }

  /** Whether its payload is this word. */
  boolean says(String word) {
    return payload.length == word.length()
        && new String(payload, StandardCharsets.UTF_8).equals(word);
  }
}
