package org.linli.event;

/**
 * The hub's answer to a batch, and its statement about each lane when a gateway connects (delivery
 * contract, points 5 and 6).
 */
public sealed interface Receipt {

  long epoch();

  Lane lane();

  long sequence();

  /**
   * Everything up to and including this sequence is applied and durable at the hub; the gateway may
   * delete it. The hub also sends this when a gateway connects; then {@code sequence} 0 means that
   * it knows nothing of this lane.
   */
  record Applied(long epoch, Lane lane, long sequence, Digest digest) implements Receipt {
    public Applied {
      requireCounts(epoch, sequence);
    }
  }

  /**
   * The batch does not follow the watermark: go back to {@code sequence}, the next one the hub
   * expects.
   */
  record Expected(long epoch, Lane lane, long sequence) implements Receipt {
    public Expected {
      requireCounts(epoch, sequence);
    }
  }

  /**
   * The batch contradicts what was applied before, or cannot be read. The gateway keeps it, and a
   * person is notified. {@code sequence} is that of its last row, 0 when it could not be read;
   * {@code detail} is cut to {@value #MAX_DETAIL} characters.
   */
  record Rejected(long epoch, Lane lane, long sequence, RejectionReason reason, String detail)
      implements Receipt {

    public static final int MAX_DETAIL = 1000;

    public Rejected {
      requireCounts(epoch, sequence);
      detail = Cut.to(detail, MAX_DETAIL);
    }
  }

  /** Why a hub rejects a batch: a closed list. */
  enum RejectionReason {
    /** The same sequence was applied with another digest. */
    OTHER_DIGEST,
    /** The bytes are not a batch that this hub can read. */
    UNREADABLE,
    /** The batch names a gateway other than the one whose connection it came on. */
    OTHER_GATEWAY
  }

  private static void requireCounts(long epoch, long sequence) {
    if (epoch < 0 || sequence < 0) {
      throw new IllegalArgumentException(
          "epoch %d and sequence %d cannot be negative".formatted(epoch, sequence));
    }
    Counts.require("epoch", epoch, 0);
    Counts.require("sequence", sequence, 0);
  }
}
