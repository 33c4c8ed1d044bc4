package org.linli.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.linli.edge.uplink.LaneWindow.Step;
import org.linli.event.Batch;
import org.linli.event.Digest;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.LaneLedger;
import org.linli.event.Receipt;

class LaneWindowTest {

  private static final long EPOCH = 3;
  private static final Duration WAIT = Duration.ofSeconds(20);

  private final LaneWindow window = new LaneWindow(Lane.BULK, 4, WAIT);
  private boolean acknowledged;

  private void send(long first, long last, long at) {
    Batch batch =
        new Batch(
            new GatewayId("gateway-1"),
            EPOCH,
            Lane.BULK,
            first,
            last,
            digest(first - 1),
            digest(last),
            LaneLedger.EMPTY,
            List.of(),
            List.of());
    window.sent(batch, 100, at, () -> acknowledged);
  }

  private static Digest digest(long sequence) {
    byte[] bytes = new byte[Digest.LENGTH];
    bytes[0] = (byte) sequence;
    return new Digest(bytes);
  }

  private Step applied(long sequence) {
    return window.heard(new Receipt.Applied(EPOCH, Lane.BULK, sequence, digest(sequence)), EPOCH);
  }

  private Step expected(long sequence) {
    return window.heard(new Receipt.Expected(EPOCH, Lane.BULK, sequence), EPOCH);
  }

  @Test
  void deletesUpToTheReceiptAndKeepsTheRestUnderWay() {
    send(1, 2, 10);
    send(3, 4, 20);
    send(5, 6, 30);

    assertThat(applied(4)).isEqualTo(new Step.Delete(4, 200, 0, 200, 20));
    assertThat(window.batchesUnderWay()).isOne();
    assertThat(window.sentTo()).isEqualTo(6);
  }

  @Test
  void waitsLongerForAHubThatAnswersToOthersMeanwhile() {
    send(1, 2, 0);
    long wait = WAIT.toNanos();
    for (int times : List.of(1, 2, 4, 8, 16)) {
      assertThat(window.dueAt()).isEqualTo(times * wait);
      assertThat(window.overdue(times * wait, times * wait - 1)).isEqualTo(new Step.Nothing());
    }
    assertThat(window.batchesUnderWay()).as("nothing is sent again").isOne();
    assertThat(window.overdue(32 * wait, 32 * wait)).isInstanceOf(Step.AskAgain.class);
  }

  @Test
  void asksAgainWhereTheHubAnswersToNobody() {
    send(1, 2, 0);
    long wait = WAIT.toNanos();
    assertThat(window.overdue(wait, 1)).isEqualTo(new Step.Nothing());
    assertThat(window.overdue(2 * wait, 1)).isInstanceOf(Step.AskAgain.class);
  }

  @Test
  void heedsAReceiptOnce() {
    send(1, 2, 0);
    applied(2);
    assertThat(applied(2)).isEqualTo(new Step.Nothing());
    assertThat(applied(1)).isEqualTo(new Step.Nothing());
  }

  @Test
  void holdsNoMoreUnderWayThanItsSize() {
    for (int i = 1; i <= 4; i++) {
      assertThat(window.hasRoom()).isTrue();
      send(i, i, 0);
    }
    assertThat(window.hasRoom()).isFalse();
  }

  @Test
  void goesBackOnceHoweverManyOfThePipelineAreCalledBack() {
    send(1, 1, 0);
    send(2, 2, 0);
    send(3, 3, 0);

    assertThat(expected(1)).isEqualTo(new Step.Nothing());
    assertThat(window.sentTo()).isZero();
    send(1, 1, 0);
    assertThat(expected(1)).as("the answer to the second batch").isEqualTo(new Step.Nothing());
    assertThat(expected(1)).as("the answer to the third batch").isEqualTo(new Step.Nothing());
    assertThat(window.sentTo()).as("the batch sent again is left alone").isEqualTo(1);
    assertThat(applied(1)).isEqualTo(new Step.Delete(1, 100, 0, 100, 0));
  }

  @Test
  void asksAgainWhenTheHubExpectsMoreThanItReceiptedBecauseThatIsNoReceipt() {
    send(1, 5, 0);
    assertThat(expected(4)).isInstanceOf(Step.AskAgain.class);
    assertThat(window.receipted()).as("what may not be deleted").isZero();
  }

  @Test
  void asksAgainWhenTheHubAnswersForASequenceAtWhichNoBatchEnded() {
    send(1, 2, 0);
    send(3, 5, 0);
    assertThat(applied(3)).isInstanceOf(Step.AskAgain.class);
    assertThat(window.receipted()).as("what may not be deleted").isZero();
  }

  @Test
  void takesTheReceiptForABatchThatWasMeanwhileSentAgainCutOtherwise() {
    acknowledged = true;
    send(1, 2, 0);
    window.overdue(WAIT.toNanos(), 0);
    send(1, 5, WAIT.toNanos());
    assertThat(applied(2)).isInstanceOf(Step.Delete.class);
    assertThat(window.receipted()).isEqualTo(2);
  }

  @Test
  void asksAgainWhenTheHubExpectsWhatItReceipted() {
    send(1, 5, 0);
    applied(5);
    assertThat(expected(3)).isInstanceOf(Step.AskAgain.class);
  }

  @Test
  void asksAgainRatherThanBeingCalledBackForever() {
    Step last = new Step.Nothing();
    for (int i = 0; i < 4; i++) {
      send(1, 1, 0);
      last = expected(1);
    }
    assertThat(last).isInstanceOf(Step.AskAgain.class);
  }

  @Test
  void asksAgainWhenTheHubHasMoreThanWasSent() {
    send(1, 1, 0);
    assertThat(applied(9)).isInstanceOf(Step.AskAgain.class);
  }

  @Test
  void haltsWhenTheHubAppliedAnotherHistory() {
    send(1, 1, 0);
    assertThat(window.heard(new Receipt.Applied(EPOCH, Lane.BULK, 1, digest(7)), EPOCH))
        .isInstanceOf(Step.Halt.class);
    assertThat(window.hasRoom()).isFalse();
    assertThat(window.receipted()).as("what may not be deleted").isZero();
  }

  @Test
  void triesOneBatchAfterAHaltAndMoreOnceItIsReceipted() {
    send(1, 1, 0);
    send(2, 2, 0);
    window.heard(
        new Receipt.Rejected(EPOCH, Lane.BULK, 1, Receipt.RejectionReason.OTHER_DIGEST, "other"),
        EPOCH);

    window.resume();
    assertThat(window.sentTo()).isZero();
    send(1, 1, 0);
    assertThat(window.hasRoom()).isFalse();
    applied(1);
    assertThat(window.hasRoom()).isTrue();
  }

  @Test
  void beginsANewEpochAboveALaterOneAndIgnoresEarlierOnes() {
    assertThat(window.heard(new Receipt.Applied(EPOCH + 4, Lane.BULK, 1, digest(1)), EPOCH))
        .asInstanceOf(type(Step.NewEpoch.class))
        .extracting(Step.NewEpoch::above)
        .isEqualTo(EPOCH + 4);
    assertThat(window.heard(new Receipt.Expected(EPOCH - 1, Lane.BULK, 1), EPOCH))
        .isEqualTo(new Step.Nothing());
  }

  @Test
  void sendsAgainWithMorePatienceWhenAnAcknowledgedBatchStaysWithoutReceipt() {
    acknowledged = true;
    send(1, 1, 0);
    assertThat(window.dueAt()).isEqualTo(WAIT.toNanos());
    assertThat(window.overdue(WAIT.toNanos() - 1, 0)).isEqualTo(new Step.Nothing());
    assertThat(window.batchesUnderWay()).isOne();

    assertThat(window.overdue(WAIT.toNanos(), 0)).isEqualTo(new Step.Nothing());
    assertThat(window.sentTo()).isZero();
    send(1, 1, 0);
    assertThat(window.dueAt()).isEqualTo(2 * WAIT.toNanos());
    assertThat(window.hasRoom()).as("only one until the hub answers").isFalse();
  }

  @Test
  void asksAgainWhenNotEvenTheConnectionAnswers() {
    send(1, 1, 0);
    assertThat(window.overdue(WAIT.toNanos(), 0)).isInstanceOf(Step.AskAgain.class);
  }
}
