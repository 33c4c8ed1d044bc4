package org.linli.edge.intake;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why a message is refused: a closed list, shown with each dead letter. */
public enum RefusalReason {
  /** Not JSON (RFC 8259). */
  NOT_JSON,
  /** Not CBOR (RFC 8949). */
  NOT_CBOR,
  /** A content format or media type that this door does not read. */
  UNSUPPORTED_FORMAT,
  /** A topic or path that no profile reads. */
  UNKNOWN_ADDRESS,
  /** Sent with a method that takes no events; events are POSTed. */
  WRONG_METHOD,
  /** A critical CoAP option that this door does not know (RFC 7252 section 5.4.1). */
  BAD_OPTION,
  /** A device for which its sender may not speak. */
  NOT_ALLOWED,
  /** A kind that is not one of interfaces' eight. */
  UNKNOWN_KIND,
  /** A device id that breaks the rule of names. */
  BAD_DEVICE_ID,
  /** A field is missing. */
  MISSING_FIELD,
  /** A field has the wrong type or a value outside its range. */
  BAD_FIELD,
  /** Larger, longer or deeper than the limit. */
  TOO_LARGE,
  /** A format that a profile reads, holding nothing that it knows. */
  NOTHING_IN_IT,
  /** Not XML (XML 1.0), or with a document type or entities of its own, which are not read. */
  NOT_XML,
  /** A profile has a defect. */
  PROFILE_FAILED;

  private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The name used in dead letters and figures. */
  public String wireName() {
    return wireName;
  }

  /** The reason of that name, if there is one. */
  public static Optional<RefusalReason> ofWireName(String wireName) {
    return Arrays.stream(values()).filter(reason -> reason.wireName().equals(wireName)).findFirst();
  }

  /** Every name, for a person who gave another. */
  public static String wireNames() {
    return Arrays.stream(values()).map(RefusalReason::wireName).collect(Collectors.joining(", "));
  }
}
