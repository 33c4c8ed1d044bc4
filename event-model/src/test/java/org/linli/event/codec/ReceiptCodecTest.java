package org.linli.event.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.linli.event.EventArbitraries;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.event.codec.ReceiptCodec.Decoded;
import org.linli.event.wire.BatchWire;
import org.linli.event.wire.ReceiptWire;

class ReceiptCodecTest {

  @Property(tries = 300)
  void anyReceiptSurvivesTheRoundTrip(@ForAll("receipts") Receipt receipt) {
    assertThat(ReceiptCodec.decode(ReceiptCodec.encode(receipt)))
        .isEqualTo(new Decoded.Read(receipt));
  }

  @Property(tries = 1000)
  void arbitraryBytesAreRefusedWithASentence(@ForAll byte[] bytes) {
    Decoded decoded = ReceiptCodec.decode(bytes);

    assertThat(decoded).isInstanceOf(Decoded.Refused.class);
    assertThat(((Decoded.Refused) decoded).detail()).startsWith("the receipt ");
  }

  @Property(tries = 500)
  void changedOrShortenedReceiptsNeverThrow(
      @ForAll("receipts") Receipt receipt,
      @ForAll @IntRange(min = 0) int which,
      @ForAll byte value) {
    byte[] bytes = ReceiptCodec.encode(receipt);
    byte[] changed = bytes.clone();
    changed[which % bytes.length] = value;

    assertThat(ReceiptCodec.decode(changed)).isNotNull();
    assertThat(ReceiptCodec.decode(Arrays.copyOf(bytes, which % bytes.length))).isNotNull();
  }

  @Example
  void saysThatANewerHubNeedsANewerGateway() {
    assertThat(decode(good().setVersion(2)))
        .isEqualTo(
            new Decoded.Refused(
                "the receipt cannot be read: it has version 2, this gateway reads version 1;"
                    + " bring the gateway up to date"));
  }

  @Example
  void namesWhatIsMissingOrOutOfRange() {
    assertThat(decode(good().clearLane())).hasToString(refused("cannot be read: lane is 0"));
    assertThat(decode(good().clearOutcome()))
        .hasToString(refused("cannot be read: it has no outcome that is known"));
    assertThat(decode(good().setSequence(-1)))
        .hasToString(refused("contradicts itself: epoch 1 and sequence -1 cannot be negative"));
    assertThat(decode(good().setApplied(ReceiptWire.Receipt.Applied.getDefaultInstance())))
        .hasToString(refused("contradicts itself: a digest has 16 bytes, this one has 0"));
    assertThat(decode(good().setRejected(ReceiptWire.Receipt.Rejected.getDefaultInstance())))
        .hasToString(refused("cannot be read: it gives no reason that is known"));
    assertThat(ReceiptCodec.decode(new byte[ReceiptCodec.MAX_BYTES + 1]))
        .hasToString("Refused[detail=the receipt has 8193 bytes, at most 8192 are allowed]");
  }

  @Example
  void cutsALongExplanationBetweenCharacters() {
    String detail = "a".repeat(999) + "\ud83d\ude00";
    Receipt receipt =
        new Receipt.Rejected(1, Lane.BULK, 7, Receipt.RejectionReason.UNREADABLE, detail);

    assertThat(receipt).hasToString(receipt.toString().replace("\ud83d", ""));
    assertThat(ReceiptCodec.decode(ReceiptCodec.encode(receipt)))
        .isEqualTo(new Decoded.Read(receipt));
  }

  @Provide
  Arbitrary<Receipt> receipts() {
    return EventArbitraries.receipts();
  }

  private static ReceiptWire.Receipt.Builder good() {
    return ReceiptWire.Receipt.newBuilder()
        .setVersion(1)
        .setEpoch(1)
        .setLane(BatchWire.Lane.LANE_BULK)
        .setSequence(5)
        .setExpected(ReceiptWire.Receipt.Expected.getDefaultInstance());
  }

  private static Decoded decode(ReceiptWire.Receipt.Builder receipt) {
    return ReceiptCodec.decode(receipt.build().toByteArray());
  }

  private static String refused(String why) {
    return "Refused[detail=the receipt " + why + "]";
  }
}
