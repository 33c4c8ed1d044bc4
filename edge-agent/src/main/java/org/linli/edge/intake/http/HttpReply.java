package org.linli.edge.intake.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

  /** Waits, on the request's virtual thread; an answer that comes later is dropped. */
  Answer await(Duration patience) {
    return answer
        .completeOnTimeout(
            new Answer.Unavailable("the disk did not answer in time"),
            patience.toMillis(),
            TimeUnit.MILLISECONDS)
        .join();
  }
}
