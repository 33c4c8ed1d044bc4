package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.linli.edge.outbox.sqlite.Offered.bulk;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.Reply;
import org.linli.edge.profile.Interpreted;
import org.linli.event.Lane;

/** Whatever an answer throws, the others get theirs, and the writer goes on. */
class ThrowingAnswersTest {

  @TempDir private Path folder;
  private final Semaphore passes = new Semaphore(0);

  /** A door with a defect. */
  private record Defective(boolean whenAsked) implements Reply {
    @Override
    public boolean isInTurn() {
      if (whenAsked) {
        throw new StackOverflowError("in turn?");
      }
      return true;
    }

    @Override
    public void taken() {
      throw new NoClassDefFoundError("org/linli/Gone");
    }

    @Override
    public void refused(Refusal refusal) {
      throw new AssertionError("refused");
    }

    @Override
    public void unavailable(String why) {
      throw new StackOverflowError("unavailable");
    }

    Interpreted message() {
      return new Interpreted.Understood(
          new Message("test://x", Address.NOWHERE, new byte[0], Offered.AT, this),
          List.of(bulk("lift-9", null)));
    }
  }

  @Test
  void aDoorThatThrowsWhereItIsAskedTakesNobodyElsesAnswerAway() {
    othersAreAnswered(new Defective(true), 2);
  }

  @Test
  void aDoorThatThrowsWhereItIsAnsweredTakesNobodyElsesAnswerAway() {
    othersAreAnswered(new Defective(false), 3);
  }

  private void othersAreAnswered(Defective defective, long rows) {
    try (OpenedOutbox opened = new OpenedOutbox(folder)) {
      opened.gate(passes::acquireUninterruptibly);
      Offered first = new Offered();
      opened.outbox().offer(first.of(bulk("lift-1", null)));
      await().until(passes::hasQueuedThreads);
      Offered before = new Offered();
      Offered behind = new Offered();
      opened.outbox().offer(before.of(bulk("lift-1", null)));
      opened.outbox().offer(defective.message());
      opened.outbox().offer(behind.of(bulk("lift-1", null)));
      passes.release(1_000);

      assertThat(before.awaitAnswer()).isEqualTo("taken");
      assertThat(behind.awaitAnswer()).isEqualTo("taken");
      assertThat(opened.offer(bulk("lift-1", null))).isEqualTo("taken");
      assertThat(opened.waiting(Lane.BULK)).hasSize((int) rows + 2);
    }
  }
}
