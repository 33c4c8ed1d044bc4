package org.linli.edge.intake.mqtt;

import org.linli.edge.intake.RefusalReason;

/** The reason codes of MQTT 5 (section 2.4) that this door sends. */
enum Reason {
  SUCCESS(0x00),
  NO_SUBSCRIPTION_EXISTED(0x11),
  MALFORMED_PACKET(0x81),
  PROTOCOL_ERROR(0x82),
  IMPLEMENTATION_SPECIFIC_ERROR(0x83),
  NOT_AUTHORIZED(0x87),
  SERVER_SHUTTING_DOWN(0x8b),
  KEEP_ALIVE_TIMEOUT(0x8d),
  SESSION_TAKEN_OVER(0x8e),
  TOPIC_NAME_INVALID(0x90),
  PACKET_IDENTIFIER_NOT_FOUND(0x92),
  RECEIVE_MAXIMUM_EXCEEDED(0x93),
  TOPIC_ALIAS_INVALID(0x94),
  PACKET_TOO_LARGE(0x95),
  QUOTA_EXCEEDED(0x97),
  PAYLOAD_FORMAT_INVALID(0x99);

  private final byte code;

  Reason(int code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }

  /** The code as an unsigned byte, for lists of codes. */
  int unsigned() {
    return code & 0xff;
  }

  /** The reason code of a refusal in PUBACK or PUBREC. */
  static Reason of(RefusalReason refusal) {
    return switch (refusal) {
      case UNKNOWN_ADDRESS, UNKNOWN_KIND, BAD_DEVICE_ID -> TOPIC_NAME_INVALID;
      case NOT_ALLOWED -> NOT_AUTHORIZED;
      case TOO_LARGE, TOO_MANY_DEVICES -> QUOTA_EXCEEDED;
      case NOT_JSON, NOT_CBOR, NOT_XML, UNSUPPORTED_FORMAT, MISSING_FIELD, BAD_FIELD ->
          PAYLOAD_FORMAT_INVALID;
      case NOTHING_IN_IT, PROFILE_FAILED -> PAYLOAD_FORMAT_INVALID;
      // Only other doors give these.
      case WRONG_METHOD, BAD_OPTION -> PAYLOAD_FORMAT_INVALID;
    };
  }
}
