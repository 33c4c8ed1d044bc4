package org.linli.edge.profile;

import java.util.function.Predicate;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;

/**
 * Says of a payload that nobody could read what it is: compressed with gzip (RFC 1952), of which
 * only HTTP has a header of its own, or CBOR (RFC 8949) that nothing said to be CBOR.
 */
final class OtherFormat {

  private static final int MAGIC_1 = 0x1f;
  private static final int MAGIC_2 = 0x8b;
  private static final int DEFLATE = 8;

  private OtherFormat() {}

  /** The refusal, or one that names the format. */
  static Refusal named(Message message, Refusal refusal, Predicate<byte[]> looksLikeCbor) {
    byte[] payload = message.payload();
    if (message.refusal() != null) {
      return refusal;
    }
    if (isGzip(payload)) {
      return new Refusal(
          RefusalReason.UNSUPPORTED_FORMAT,
          "the payload is compressed with gzip: send it as it is, or over HTTP with"
              + " Content-Encoding: gzip");
    }
    return isOfContent(refusal.reason())
            && !isSaidToBeCbor(message.address())
            && looksLikeCbor.test(payload)
        ? new Refusal(
            RefusalReason.UNSUPPORTED_FORMAT,
            message.address() instanceof Address.Device
                ? "the payload looks like CBOR: send it with Content-Type application/cbor, or"
                    + " application/senml+cbor if it is SenML (content format 60 or 112 over CoAP)"
                : "the payload looks like CBOR, which is read at /linli/{kind}/{device} as"
                    + " application/cbor, and as application/senml+cbor if it is SenML")
        : refusal;
  }

  private static boolean isGzip(byte[] payload) {
    return payload.length > 2
        && (payload[0] & 0xff) == MAGIC_1
        && (payload[1] & 0xff) == MAGIC_2
        && payload[2] == DEFLATE;
  }

  /** Whether it is about what a message says, and not about where it goes. */
  private static boolean isOfContent(RefusalReason reason) {
    return switch (reason) {
      case NOT_JSON, NOT_XML, BAD_FIELD, MISSING_FIELD, NOTHING_IN_IT -> true;
      default -> false;
    };
  }

  private static boolean isSaidToBeCbor(Address address) {
    return switch (address) {
      case Address.Device device -> device.format().isCbor();
      case Address.ToProfile posted -> posted.contentType().endsWith("cbor");
      case Address.Topic _ -> false;
    };
  }
}
