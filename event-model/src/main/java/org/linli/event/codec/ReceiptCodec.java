package org.linli.event.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import org.linli.event.Digest;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.event.wire.BatchWire;
import org.linli.event.wire.ReceiptWire;

/** The wire form of a receipt: one small Protocol Buffers message, not compressed. */
public final class ReceiptCodec {

  /** The most bytes of a receipt; a longer one is refused unread. */
  public static final int MAX_BYTES = 8 * 1024;

  private static final int VERSION = 1;

  private ReceiptCodec() {}

  /** The bytes of a receipt. */
  public static byte[] encode(Receipt receipt) {
    ReceiptWire.Receipt.Builder message =
        ReceiptWire.Receipt.newBuilder()
            .setVersion(VERSION)
            .setEpoch(receipt.epoch())
            .setLane(BatchWire.Lane.forNumber(WireLane.number(receipt.lane())))
            .setSequence(receipt.sequence());
    switch (receipt) {
      case Receipt.Applied applied ->
          message.getAppliedBuilder().setDigest(ByteString.copyFrom(applied.digest().bytes()));
      case Receipt.Expected _ -> message.getExpectedBuilder();
      case Receipt.Rejected rejected ->
          message
              .getRejectedBuilder()
              .setReason(reason(rejected.reason()))
              .setDetail(rejected.detail());
    }
    return message.build().toByteArray();
  }

  /** Never throws: bytes that are not a receipt give {@link Decoded.Refused}. */
  public static Decoded decode(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      return new Decoded.Refused(
          "the receipt has " + bytes.length + " bytes, at most " + MAX_BYTES + " are allowed");
    }
    try {
      return new Decoded.Read(read(ReceiptWire.Receipt.parseFrom(bytes)));
    } catch (InvalidProtocolBufferException | MalformedException malformed) {
      return new Decoded.Refused("the receipt cannot be read: " + malformed.getMessage());
    } catch (IllegalArgumentException broken) {
      return new Decoded.Refused("the receipt contradicts itself: " + broken.getMessage());
    }
  }

  private static Receipt read(ReceiptWire.Receipt message) throws MalformedException {
    if (message.getVersion() != VERSION) {
      throw new MalformedException(
          "it has version %s, this gateway reads version %d; bring the gateway up to date"
              .formatted(Integer.toUnsignedString(message.getVersion()), VERSION));
    }
    Lane lane = WireLane.of(message.getLaneValue());
    return switch (message.getOutcomeCase()) {
      case APPLIED ->
          new Receipt.Applied(
              message.getEpoch(),
              lane,
              message.getSequence(),
              new Digest(message.getApplied().getDigest().toByteArray()));
      case EXPECTED -> new Receipt.Expected(message.getEpoch(), lane, message.getSequence());
      case REJECTED ->
          new Receipt.Rejected(
              message.getEpoch(),
              lane,
              message.getSequence(),
              reason(message.getRejected().getReason()),
              message.getRejected().getDetail());
      case OUTCOME_NOT_SET -> throw new MalformedException("it has no outcome that is known");
    };
  }

  private static ReceiptWire.Receipt.Reason reason(Receipt.RejectionReason reason) {
    return switch (reason) {
      case OTHER_DIGEST -> ReceiptWire.Receipt.Reason.REASON_OTHER_DIGEST;
      case UNREADABLE -> ReceiptWire.Receipt.Reason.REASON_UNREADABLE;
      case OTHER_GATEWAY -> ReceiptWire.Receipt.Reason.REASON_OTHER_GATEWAY;
    };
  }

  private static Receipt.RejectionReason reason(ReceiptWire.Receipt.Reason reason)
      throws MalformedException {
    return switch (reason) {
      case REASON_OTHER_DIGEST -> Receipt.RejectionReason.OTHER_DIGEST;
      case REASON_UNREADABLE -> Receipt.RejectionReason.UNREADABLE;
      case REASON_OTHER_GATEWAY -> Receipt.RejectionReason.OTHER_GATEWAY;
      case REASON_UNSPECIFIED, UNRECOGNIZED ->
          throw new MalformedException("it gives no reason that is known");
    };
  }

  /** The result of decoding. */
  public sealed interface Decoded {

    record Read(Receipt receipt) implements Decoded {}

    /** Not a receipt: {@code detail} says why. */
    record Refused(String detail) implements Decoded {}
  }
}
