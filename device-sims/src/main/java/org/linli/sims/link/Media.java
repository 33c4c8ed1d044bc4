package org.linli.sims.link;

/**
 * The type of a payload: its content format over CoAP (RFC 7252 section 12.3), its media type over
 * HTTP. MQTT carries neither.
 *
 * @param contentFormat CoAP's number
 * @param type HTTP's Content-Type
 */
public record Media(int contentFormat, String type) {

  public static final Media JSON = new Media(50, "application/json");
  public static final Media XML = new Media(41, "application/xml");

  /** RFC 8428 section 12.1. */
  public static final Media SENML_JSON = new Media(110, "application/senml+json");

  /** RFC 8428 section 12.1. */
  public static final Media SENML_CBOR = new Media(112, "application/senml+cbor");
}
