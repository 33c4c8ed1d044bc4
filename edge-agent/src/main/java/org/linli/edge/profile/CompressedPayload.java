package org.linli.edge.profile;

import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;

/**
 * Says of a payload that nobody could read that it is compressed with gzip (RFC 1952). Only HTTP
 * says so in a header of its own, and its door undoes it.
 */
final class CompressedPayload {

  private static final int MAGIC_1 = 0x1f;
  private static final int MAGIC_2 = 0x8b;
  private static final int DEFLATE = 8;

  private CompressedPayload() {}

  /** The refusal, or one that names the compression. */
  static Refusal named(Message message, Refusal refusal) {
    byte[] payload = message.payload();
    boolean isGzip =
        payload.length > 2
            && (payload[0] & 0xff) == MAGIC_1
            && (payload[1] & 0xff) == MAGIC_2
            && payload[2] == DEFLATE;
    return isGzip && message.refusal() == null
        ? new Refusal(
            RefusalReason.UNSUPPORTED_FORMAT,
            "the payload is compressed with gzip: send it as it is, or over HTTP with"
                + " Content-Encoding: gzip")
        : refusal;
  }
}
