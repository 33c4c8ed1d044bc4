package org.linli.edge.intake.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.Reply;

/** What a waiting request is to be answered. Only the first answer counts. */
final class HttpReply implements Reply {

  /** The answer. */
  sealed interface Answer {
    record Taken() implements Answer {}

    record Refused(Refusal refusal) implements Answer {}

    record Unavailable(String why) implements Answer {}
  }

  private enum Progress {
    WAITS,
    IS_WRITTEN,
    IS_WITHDRAWN
  }

  private final AtomicReference<Progress> progress = new AtomicReference<>(Progress.WAITS);
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();

  @Override
  public void taken() {
    answer.complete(new Answer.Taken());
  }

  @Override
  public void refused(Refusal refusal) {
    answer.complete(new Answer.Refused(refusal));
  }

  @Override
  public void unavailable(String why) {
    answer.complete(new Answer.Unavailable(why));
  }

  /** Not once the request was answered that the disk took too long: that must stay true. */
  @Override
  public boolean isInTurn() {
    return progress.compareAndSet(Progress.WAITS, Progress.IS_WRITTEN)
        || progress.get() == Progress.IS_WRITTEN;
  }

  /**
   * Waits, on the request's virtual thread. A message that nobody has begun to write within the
   * patience is withdrawn; what became of one that is being written is waited for, however long the
   * disk takes: no more wait so than one commit holds messages, and no platform thread does.
   */
  Answer await(Duration patience) {
    try {
      return answer.copy().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException late) {
      return progress.compareAndSet(Progress.WAITS, Progress.IS_WITHDRAWN)
          ? new Answer.Unavailable("the disk did not answer in time")
          : answer.join();
    }
  }
}
