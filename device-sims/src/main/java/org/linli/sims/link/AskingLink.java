package org.linli.sims.link;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A device that sends one request, waits for its response and only then sends the next (in CoAP,
 * RFC 7252 section 4.7, NSTART = 1).
 */
public final class AskingLink implements Link {

  /** One request and its outcome. */
  @FunctionalInterface
  public interface Request {
    Outcome ask(Sending sending) throws InterruptedException;
  }

  /** The outcome of a request. */
  public sealed interface Outcome {

    record Acknowledged() implements Outcome {}

    record Refused(String reason) implements Outcome {}

    /** No answer, or one that asks to retry later. */
    record Failed(String trouble) implements Outcome {}
  }

  private final Request request;
  private final boolean resends;
  private final Runnable onClose;
  private final BlockingQueue<Sending> waiting;
  private final Thread worker;
  private final BackOff backOff = new BackOff();
  private volatile @Nullable String trouble;

  /**
   * @param resends whether a request without an answer is retried; otherwise it is dropped
   */
  AskingLink(String name, Request request, boolean resends, int mostWaiting, Runnable onClose) {
    this.request = request;
    this.resends = resends;
    this.onClose = onClose;
    this.waiting = new ArrayBlockingQueue<>(mostWaiting);
    this.worker = Thread.ofVirtual().name(name).start(this::keepAsking);
  }

  @Override
  public void send(Sending sending) throws InterruptedException {
    waiting.put(sending);
  }

  @Override
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  @Override
  public void close() {
    worker.interrupt();
    onClose.run();
  }

  private void keepAsking() {
    try {
      while (true) {
        askUntilAnswered(waiting.take());
      }
    } catch (InterruptedException e) {
      // Closed: what was not answered stays unanswered.
    }
  }

  private void askUntilAnswered(Sending sending) throws InterruptedException {
    while (true) {
      switch (request.ask(sending)) {
        case Outcome.Acknowledged() -> {
          succeeded();
          sending.answer().acknowledged();
          return;
        }
        case Outcome.Refused(String reason) -> {
          succeeded();
          sending.answer().refused(reason);
          return;
        }
        case Outcome.Failed(String why) -> {
          trouble = why;
          if (!resends) {
            sending.answer().unconfirmed();
          }
          Thread.sleep(backOff.next());
          if (!resends) {
            return;
          }
          sending.answer().repeated();
        }
      }
    }
  }

  private void succeeded() {
    trouble = null;
    backOff.succeeded();
  }
}
