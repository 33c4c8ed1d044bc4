package org.linli.edge.intake;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why a message is refused: a closed list. Each dead letter shows its reason. */
public enum RefusalReason {
  /** Not JSON (RFC 8259). */
  NOT_JSON,
  /** Not CBOR (RFC 8949). */
  NOT_CBOR,
  /** A content format or media type that this door does not support. */
  UNSUPPORTED_FORMAT,
  /** A topic or path that no profile reads. */
  UNKNOWN_ADDRESS,
  /** A method that carries no events; events are sent with POST. */
  WRONG_METHOD,
  /** A critical CoAP option that this door does not support (RFC 7252 section 5.4.1). */
  BAD_OPTION,
  /** The client has no right to publish for this device. */
  NOT_ALLOWED,
  /** A kind that is not one of the eight. */
  UNKNOWN_KIND,
  /** A device id that breaks the naming rules. */
  BAD_DEVICE_ID,
  /** A field is missing. */
  MISSING_FIELD,
  /** A field has the wrong type or a value outside its range. */
  BAD_FIELD,
  /** Larger, longer or deeper than the limit. */
  TOO_LARGE,
  /** A supported format without anything that the profile knows. */
  NOTHING_IN_IT,
  /**
   * Not XML (XML 1.0), or XML with a document type or its own entities, which are not supported.
   */
  NOT_XML,
  /**
   * A new device that nobody registered, for which there is no room now, over a connection that
   * other devices share.
   */
  TOO_MANY_DEVICES,
  /** A profile has a defect. */
  PROFILE_FAILED;

  private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The name used in dead letters and figures. */
  public String wireName() {
    return wireName;
  }

  /** The reason of that name; empty if there is none. */
  public static Optional<RefusalReason> ofWireName(String wireName) {
    return Arrays.stream(values()).filter(reason -> reason.wireName().equals(wireName)).findFirst();
  }

  /** All names, for the error message about an unknown one. */
  public static String wireNames() {
    return Arrays.stream(values()).map(RefusalReason::wireName).collect(Collectors.joining(", "));
  }
}
