package org.linli.edge.uplink;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.event.Batch;
import org.linli.event.Digest;
import org.linli.event.Lane;
import org.linli.event.Receipt;

/**
 * The batches of one lane that are in transit, and the meaning of receipts for them. It decides and
 * does nothing itself. For one thread. Times are {@link System#nanoTime}'s.
 */
final class LaneWindow {

  /**
   * How many times in a row the hub may ask for earlier rows before the connection starts again.
   */
  private static final int CALL_BACKS = 3;

  /**
   * How many times in a row the batches in transit are sent again after a rejection that names
   * none; after that, they count as rejected.
   */
  private static final int DOUBTS = 2;

  private static final int LONGEST_PATIENCE = 32;
  private static final int ENDS_KEPT = 64;

  private final Lane lane;
  private final int size;
  private final long patienceNanos;
  private final Deque<Sent> underWay = new ArrayDeque<>();

  /**
   * The newest batches of this connection, including those that were sent again with other
   * boundaries.
   */
  private final Deque<Sent> ends = new ArrayDeque<>();

  private long receipted;
  private long sentTo;
  private boolean probing;
  private int patience = 1;
  private int callBacks;
  private int staleCallBacks;
  private @Nullable String halted;
  private boolean otherHistory;
  private boolean haltNamesNone;
  private int namingNone;
  private long doubtEnds = Long.MAX_VALUE;

  /** A batch in transit. */
  record Sent(
      long last, Digest digest, int events, int bytes, int underWay, long at, Delivery delivery) {}

  /** Whether the other end of the connection acknowledged a batch; this is not a receipt. */
  interface Delivery {
    boolean acknowledged();
  }

  /** What to do about a receipt, or about its absence. */
  sealed interface Step {

    record Nothing() implements Step {}

    /**
     * The hub has applied everything up to this sequence.
     *
     * @param bytes that had no receipt until now
     * @param underWay bytes without receipt when the newest of these batches was sent
     * @param sentAt when that was
     */
    record Delete(long sequence, int bytes, int events, int underWay, long sentAt)
        implements Step {}

    /** The hub's sequences belong to a later epoch: begin one above it. */
    record NewEpoch(long above, String why) implements Step {}

    /** The hub rejects something that is none of this lane's batches. */
    record PassOver(String why) implements Step {}

    /**
     * The hub rejects data without naming a sequence: wait for the receipts of the batches in
     * transit, and call {@link LaneWindow#doubt} with the end of the wait.
     *
     * @param times in a row, from 1
     */
    record Doubt(String why, int times) implements Step {}

    /** Connect again and ask for the hub's watermarks. */
    record AskAgain(String why) implements Step {}

    /** Send nothing more of this lane for now; a person is needed. */
    record Halt(String why) implements Step {}
  }

  LaneWindow(Lane lane, int size, Duration receiptWait) {
    this.lane = lane;
    this.size = size;
    this.patienceNanos = receiptWait.toNanos();
  }

  /** Starts again from what the hub has. */
  void restart(long sequence) {
    receipted = sequence;
    callBacks = 0;
    namingNone = 0;
    doubtEnds = Long.MAX_VALUE;
    ends.clear();
    goBack(sequence);
  }

  private void goBack(long sequence) {
    underWay.clear();
    sentTo = sequence;
    staleCallBacks = 0;
  }

  long sentTo() {
    return sentTo;
  }

  long receipted() {
    return receipted;
  }

  int batchesUnderWay() {
    return underWay.size();
  }

  int bytesUnderWay() {
    return underWay.stream().mapToInt(Sent::bytes).sum();
  }

  @Nullable String halted() {
    return halted;
  }

  /** Whether it halted because the hub has another history, which only a new epoch can correct. */
  boolean followsAnotherHistory() {
    return otherHistory;
  }

  /** Only one batch at a time is sent while it is uncertain whether the hub receives them. */
  boolean hasRoom() {
    return halted == null && !doubted() && underWay.size() < (probing ? 1 : size);
  }

  private boolean doubted() {
    return doubtEnds != Long.MAX_VALUE;
  }

  /**
   * Sends nothing until a receipt shows that another sender's data was rejected, or until the given
   * time, and after that one batch at a time.
   */
  void doubt(long until) {
    doubtEnds = until;
  }

  void sent(Batch batch, int bytes, long now, Delivery delivery) {
    Sent sent =
        new Sent(
            batch.last(),
            batch.digest(),
            batch.events().size(),
            bytes,
            bytesUnderWay() + bytes,
            now,
            delivery);
    underWay.add(sent);
    ends.add(sent);
    if (ends.size() > ENDS_KEPT) {
      ends.remove();
    }
    sentTo = batch.last();
  }

  /** After a halt: tries the oldest batch again. */
  void resume() {
    halted = null;
    otherHistory = false;
    haltNamesNone = false;
    probing = true;
    goBack(receipted);
  }

  Step heard(Receipt receipt, long epoch) {
    if (receipt instanceof Receipt.Rejected rejected) {
      return rejected.sequence() == 0 || rejected.epoch() != epoch
          ? rejectedUnnamed(rejected)
          : halt(rejected);
    }
    if (receipt.epoch() != epoch) {
      return receipt.epoch() > epoch
          ? new Step.NewEpoch(receipt.epoch(), "the hub knows a later epoch")
          : new Step.Nothing();
    }
    return switch (receipt) {
      case Receipt.Applied applied -> applied(applied);
      case Receipt.Expected expected -> expected(expected);
      case Receipt.Rejected rejected -> throw new IllegalStateException("answered above");
    };
  }

  private Step halt(Receipt.Rejected rejected) {
    otherHistory = rejected.reason() == Receipt.RejectionReason.OTHER_DIGEST;
    halted =
        "The hub rejects the %s lane at sequence %d (%s): %s"
            .formatted(lane, rejected.sequence(), rejected.reason(), rejected.detail());
    return new Step.Halt(halted);
  }

  /**
   * A rejection of unreadable data has no sequence. The data may be a batch of this lane, damaged
   * in transit or on this gateway's disk. Behind a broker, any client may have published it on this
   * topic. A receipt or another attempt decides.
   */
  private Step rejectedUnnamed(Receipt.Rejected rejected) {
    String why =
        "the hub rejects something of the %s lane that it does not name (%s): %s"
            .formatted(lane, rejected.reason(), rejected.detail());
    if (halted != null || doubted() || underWay.isEmpty()) {
      return new Step.PassOver(why);
    }
    namingNone = Math.min(namingNone + 1, DOUBTS + 1);
    if (namingNone <= DOUBTS) {
      return new Step.Doubt(why, namingNone);
    }
    haltNamesNone = true;
    return halt(rejected);
  }

  private Step applied(Receipt.Applied applied) {
    if (applied.sequence() <= receipted) {
      return new Step.Nothing();
    }
    if (applied.sequence() > sentTo) {
      return new Step.AskAgain("the hub has more of the " + lane + " lane than was sent");
    }
    List<Sent> there = ends.stream().filter(sent -> sent.last() == applied.sequence()).toList();
    if (there.isEmpty()) {
      return new Step.AskAgain(
          "the hub answers for sequence %d of the %s lane, at which no batch ended"
              .formatted(applied.sequence(), lane));
    }
    if (there.stream().noneMatch(sent -> sent.digest().equals(applied.digest()))) {
      otherHistory = true;
      halted = "The hub applied another history of the %s lane than was sent".formatted(lane);
      return new Step.Halt(halted);
    }
    int bytes = 0;
    int events = 0;
    int before = 0;
    long sentAt = Long.MIN_VALUE;
    for (Iterator<Sent> oldest = underWay.iterator(); oldest.hasNext(); ) {
      Sent sent = oldest.next();
      if (sent.last() <= applied.sequence()) {
        bytes += sent.bytes();
        events += sent.events();
        before = sent.underWay();
        sentAt = sent.at();
        oldest.remove();
      }
    }
    receipted = applied.sequence();
    probing = false;
    patience = 1;
    callBacks = 0;
    staleCallBacks = 0;
    namingNone = 0;
    doubtEnds = Long.MAX_VALUE;
    if (haltNamesNone) {
      haltNamesNone = false;
      halted = null;
    }
    return new Step.Delete(receipted, bytes, events, before, sentAt);
  }

  /**
   * Without the hub's digest nothing is deleted. If the hub has more than was receipted, the
   * watermarks are requested.
   */
  private Step expected(Receipt.Expected expected) {
    long has = expected.sequence() - 1;
    if (has != receipted) {
      return new Step.AskAgain(
          "the hub expects sequence %d of the %s lane, of which %d to %d are without receipt"
              .formatted(expected.sequence(), lane, receipted + 1, sentTo));
    }
    if (staleCallBacks > 0) {
      staleCallBacks--;
      return new Step.Nothing();
    }
    if (++callBacks > CALL_BACKS) {
      return new Step.AskAgain("the hub keeps calling back the " + lane + " lane");
    }
    int answersToCome = Math.max(0, underWay.size() - 1);
    goBack(receipted);
    staleCallBacks = answersToCome;
    return new Step.Nothing();
  }

  /** When {@link #overdue} has to be called next. */
  long dueAt() {
    return Math.min(receiptDueAt(), doubtEnds);
  }

  private long receiptDueAt() {
    Sent oldest = underWay.peek();
    return oldest == null ? Long.MAX_VALUE : oldest.at() + patienceNanos * patience;
  }

  /**
   * What to do when the oldest receipt is overdue, or a doubt has lasted long enough. A hub that
   * answers for another lane meanwhile is busy, and not gone.
   *
   * @param heardAt when the hub last answered anything
   */
  Step overdue(long now, long heardAt) {
    if (now >= doubtEnds) {
      doubtEnds = Long.MAX_VALUE;
      probing = true;
      goBack(receipted);
    }
    Sent oldest = underWay.peek();
    if (oldest == null || now - receiptDueAt() < 0) {
      return new Step.Nothing();
    }
    if (!oldest.delivery().acknowledged()) {
      if (now - heardAt >= patienceNanos || patience == LONGEST_PATIENCE) {
        return new Step.AskAgain("nothing answers to the " + lane + " lane");
      }
      patience = Math.min(patience * 2, LONGEST_PATIENCE);
      return new Step.Nothing();
    }
    patience = Math.min(patience * 2, LONGEST_PATIENCE);
    probing = true;
    goBack(receipted);
    return new Step.Nothing();
  }
}
