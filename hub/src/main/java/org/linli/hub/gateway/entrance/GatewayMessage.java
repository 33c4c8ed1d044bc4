package org.linli.hub.gateway.entrance;

import io.vertx.mqtt.messages.MqttPublishMessage;
import java.nio.charset.StandardCharsets;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.linli.event.UplinkProperties;

/**
 * What the hub keeps of a gateway's message until it is processed. The library's own message object
 * would hold on to all its properties, which may be many times the bytes that are counted.
 *
 * @param id the packet id by which it is acknowledged
 */
public record GatewayMessage(
    int id, int qos, boolean retained, byte[] payload, UserProperties said) {

  /** Bytes of heap for its objects besides the payload, with the longest strings that are kept. */
  private static final int BESIDE = 512 + 2 * (UplinkProperties.MAX_FAILED + 256);

  public static GatewayMessage of(MqttPublishMessage message) {
    return new GatewayMessage(
        message.messageId(),
        message.qosLevel().value(),
        message.isRetain(),
        message.payload().getBytes(),
        UserProperties.of(message.properties()));
  }

  public static GatewayMessage of(MqttMessage message) {
    return new GatewayMessage(
        message.getId(),
        message.getQos(),
        message.isRetained(),
        message.getPayload(),
        UserProperties.of(message));
  }

  /** Returns the bytes of heap that it takes, rather too many than too few. */
  public long bytes() {
    return payload.length + BESIDE;
  }

  /** Returns what is needed to acknowledge the message. */
  public GatewayMessage withoutPayload() {
    return new GatewayMessage(id, qos, retained, new byte[0], UserProperties.NONE);
  }

  /** Returns whether its payload is this word. */
  public boolean says(String word) {
    return payload.length == word.length()
        && new String(payload, StandardCharsets.UTF_8).equals(word);
  }
}
