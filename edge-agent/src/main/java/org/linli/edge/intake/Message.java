package org.linli.edge.intake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that a door received, not yet interpreted.
 *
 * @param source where it came from, for people: {@code mqtt://door-1}, {@code
 *     coap://192.0.2.7:40121}, {@code http://…}
 * @param address where it was sent to
 * @param payload the whole payload, or its beginning if the door stopped reading
 * @param size how many bytes came or were announced, as far as the door knows; at least the length
 *     of the payload
 * @param receivedAt by the gateway's clock
 * @param refusal why the door itself could not read it, so that it only becomes a dead letter; null
 *     for a message that is still to be interpreted
 * @param origin how it came
 * @param note what must be on disk in the same transaction; null for nothing
 * @param reply how to answer
 */
public record Message(
    String source,
    Address address,
    byte[] payload,
    long size,
    Instant receivedAt,
    @Nullable Refusal refusal,
    Origin origin,
    @Nullable Note note,
    Reply reply) {

  /** The Camel endpoint that receives every message of the doors. */
  public static final String ENDPOINT = "direct:message";

  /** A message that is still to be interpreted, from a device without a connection. */
  public Message(String source, Address address, byte[] payload, Instant receivedAt, Reply reply) {
    this(
        source,
        address,
        payload,
        payload.length,
        receivedAt,
        null,
        Origin.NO_CONNECTION,
        null,
        reply);
  }

  /** A message that the door itself could not read, and that becomes a dead letter. */
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
        Address.NOWHERE,
        beginning,
        Math.max(size, beginning.length),
        receivedAt,
        refusal,
        Origin.NO_CONNECTION,
        null,
        reply);
  }

  /**
   * The topic or path that it was sent to, for people: a path begins with a slash, a topic as it
   * was written. Empty if the door does not know it.
   */
  public String destination() {
    return switch (address) {
      case Address.Device(var _, String kind, String device) ->
          (isFromAPath() ? "/linli/" : "linli/") + kind + "/" + device;
      case Address.ToProfile(String profile, String device, var _) ->
          "/intake/" + profile + "/" + device;
      case Address.Topic(String topic, var _) ->
          isFromAPath() && !topic.isEmpty() && !topic.startsWith("/") ? "/" + topic : topic;
    };
  }

  /** HTTP and CoAP have paths, MQTT has topics. */
  private boolean isFromAPath() {
    return source.startsWith("http") || source.startsWith("coap");
  }

  /** The same message, with where it was sent to, as far as its door knows. */
  public Message sentTo(Address itsAddress) {
    return new Message(source, itsAddress, payload, size, receivedAt, refusal, origin, note, reply);
  }

  /** The same message, which its door could not read. */
  public Message refusedAs(Refusal why) {
    return new Message(source, address, payload, size, receivedAt, why, origin, note, reply);
  }

  /** The same message, of which something else is kept. */
  public Message keeping(byte[] instead) {
    return new Message(
        source,
        address,
        instead,
        Math.max(size, instead.length),
        receivedAt,
        refusal,
        origin,
        note,
        reply);
  }

  /** The same message, of which the door cut something (see {@link TextCutter}). */
  public Message cutFrom(long itsSize) {
    return new Message(source, address, payload, itsSize, receivedAt, refusal, origin, note, reply);
  }

  /** Says that the door cut something of it; null if it did not. */
  public @Nullable String cut() {
    return refusal != null || size <= payload.length
        ? null
        : "a picture, or another long text, was not kept: the message of "
            + size
            + " bytes is larger than linli."
            + door()
            + ".max-message-size";
  }

  /** The doors that cut, by what their settings begin with. */
  private String door() {
    if (source.startsWith("http")) {
      return "http";
    }
    return origin.equals(Origin.BROKER) || origin.equals(Origin.RETAINED) ? "broker" : "mqtt";
  }

  /** The payload as it is read: only the door marks what is cut. */
  public byte[] said() {
    return cut() == null ? TextCutter.withoutMarks(payload) : payload;
  }

  /** The same message, answered in another way. */
  Message with(Reply another) {
    return new Message(source, address, payload, size, receivedAt, refusal, origin, note, another);
  }

  /** The same message, with its origin and note. */
  public Message with(Origin itsOrigin, @Nullable Note itsNote) {
    return new Message(
        source, address, payload, size, receivedAt, refusal, itsOrigin, itsNote, reply);
  }
}
