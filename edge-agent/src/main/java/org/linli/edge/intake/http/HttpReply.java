package org.linli.edge.intake.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.linli.edge.intake.MessageAnswer;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.Reply;

/** The answer to a waiting request. Only the first answer counts. */
final class HttpReply implements Reply {

  private enum Progress {
    WAITS,
    IS_WRITTEN,
    IS_WITHDRAWN
  }

  private final AtomicReference<Progress> progress = new AtomicReference<>(Progress.WAITS);
  private final CompletableFuture<MessageAnswer> answer = new CompletableFuture<>();

  @Override
  public void taken() {
    answer.complete(new MessageAnswer.Taken());
  }

  @Override
  public void refused(Refusal refusal) {
    answer.complete(new MessageAnswer.Refused(refusal));
  }

  @Override
  public void unavailable(String why) {
    answer.complete(new MessageAnswer.Unavailable(why));
  }

  /** False once the request was answered that the disk took too long: that must stay true. */
  @Override
  public boolean isInTurn() {
    return progress.compareAndSet(Progress.WAITS, Progress.IS_WRITTEN)
        || progress.get() == Progress.IS_WRITTEN;
  }

  /**
   * Waits, on the request's virtual thread. If writing has not begun within the patience, the
   * message is withdrawn. If it has, this waits for the result, however long the disk takes. At
   * most the messages of one commit wait in this way, and none blocks a platform thread.
   */
  MessageAnswer await(Duration patience) {
    try {
      return answer.copy().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException late) {
      return progress.compareAndSet(Progress.WAITS, Progress.IS_WITHDRAWN)
          ? new MessageAnswer.Unavailable("the disk did not answer in time")
          : answer.join();
    }
  }
}
