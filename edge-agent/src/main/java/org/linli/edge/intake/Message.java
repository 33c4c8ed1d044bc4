package org.linli.edge.intake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that came in at a door, not yet understood.
 *
 * @param source where from, for people: {@code mqtt://door-1}, {@code coap://192.0.2.7:40121},
 *     {@code http://…}
 * @param format how the payload is written
 * @param kind the kind as the address named it, not yet checked
 * @param device the device as the address named it, not yet checked
 * @param payload what came, or its beginning where the door stopped reading
 * @param size how many bytes came or were announced, as far as the door knows; no less than the
 *     payload has
 * @param receivedAt by the gateway's clock
 * @param refusal why the door itself could not read it, so that only a dead letter is left to be
 *     made; null for a message that waits to be understood
 * @param reply how to answer
 */
public record Message(
    String source,
    Format format,
    String kind,
    String device,
    byte[] payload,
    long size,
    Instant receivedAt,
    @Nullable Refusal refusal,
    Reply reply) {

  /** A message that waits to be understood. */
  public Message(
      String source,
      Format format,
      String kind,
      String device,
      byte[] payload,
      Instant receivedAt,
      Reply reply) {
    this(source, format, kind, device, payload, payload.length, receivedAt, null, reply);
  }

  /** How a payload is written. */
  public enum Format {
    LINLI_JSON,
    LINLI_CBOR
  }

  /** The Camel endpoint that takes every message a door received. */
  public static final String ENDPOINT = "direct:message";

  /**
   * What was published on an MQTT topic: on its way to a profile, or to become a dead letter where
   * none reads that topic.
   */
  public static Message published(
      String source, String topic, byte[] payload, Instant receivedAt, Reply reply) {
    String[] levels = topic.split("/", -1);
    if (levels.length != 3 || !levels[0].equals("linli")) {
      return unreadable(
          source,
          payload,
          receivedAt,
          new Refusal(
              RefusalReason.UNKNOWN_ADDRESS,
              "no profile reads this topic; events go to linli/{kind}/{deviceId}"),
          reply);
    }
    return new Message(source, Format.LINLI_JSON, levels[1], levels[2], payload, receivedAt, reply);
  }

  /** A message that the door itself could not read: what is left to be made is a dead letter. */
  public static Message unreadable(
      String source, byte[] beginning, Instant receivedAt, Refusal refusal, Reply reply) {
    return unreadable(source, beginning, beginning.length, receivedAt, refusal, reply);
  }

  /**
   * As above, for a message of which only the beginning was read.
   *
   * @param size how large the whole is, as far as the door knows
   */
  public static Message unreadable(
      String source,
      byte[] beginning,
      long size,
      Instant receivedAt,
      Refusal refusal,
      Reply reply) {
    return new Message(
        source,
        Format.LINLI_JSON,
        "",
        "",
        beginning,
        Math.max(size, beginning.length),
        receivedAt,
        refusal,
        reply);
  }
}
