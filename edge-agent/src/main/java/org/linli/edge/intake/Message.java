package org.linli.edge.intake;

import java.time.Instant;

/**
 * Bytes that came in at a door, not yet understood.
 *
 * @param source where from, for people: {@code mqtt://door-1}, {@code coap://192.0.2.7:40121},
 *     {@code http://…}
 * @param format how the payload is written
 * @param kind the kind as the address named it, not yet checked
 * @param device the device as the address named it, not yet checked
 * @param receivedAt by the gateway's clock
 * @param reply how to answer
 */
public record Message(
    String source,
    Format format,
    String kind,
    String device,
    byte[] payload,
    Instant receivedAt,
    Reply reply) {

  /** How a payload is written. */
  public enum Format {
    LINLI_JSON,
    LINLI_CBOR
  }

  /** The Camel endpoint that takes every message a door received. */
  public static final String ENDPOINT = "direct:message";
}
