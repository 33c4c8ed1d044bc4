package org.linli.edge.intake;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A reply that a test waits for: {@code taken}, {@code refused} or {@code unavailable}. */
public record FutureReply(CompletableFuture<String> answer) implements Reply {

  public FutureReply() {
    this(new CompletableFuture<>());
  }

  /** Waits for the answer. */
  public String await() {
    return answer.orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Override
  public void taken() {
    answer.complete("taken");
  }

  @Override
  public void refused(Refusal refusal) {
    answer.complete("refused");
  }

  @Override
  public void unavailable(String why) {
    answer.complete("unavailable");
  }
}
