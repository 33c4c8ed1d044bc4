package org.linli.hub.history.questdb;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.linli.hub.history.HistoryUnavailableException;
import org.linli.program.thread.LivingThreads;

/**
 * Runs queries of the history on platform threads, as many as there are processors. QuestDB
 * computes or is in native code until it has the answer, which can take seconds over a whole
 * history. On the virtual thread of a request, a query would hold one of the few carriers, and a
 * few queries would hold all of them: gateways, pages and heartbeats would wait. A caller without a
 * turn waits for one, and is then told to retry later. Safe for any thread.
 */
final class QueryThreads implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path folder;
  private final Duration patience;
  private final Semaphore turns;
  private final ExecutorService threads;

  QueryThreads(Path folder, LivingThreads threads) {
    this(folder, threads, Runtime.getRuntime().availableProcessors(), PATIENCE);
  }

  QueryThreads(Path folder, LivingThreads threads, int most, Duration patience) {
    this.folder = folder;
    this.patience = patience;
    this.turns = new Semaphore(most, true);
    this.threads = threads.pool("history-query", most, most);
  }

  /**
   * Runs the query and throws what the query throws.
   *
   * @throws HistoryUnavailableException if there is no turn in time, or the store is closed
   */
  <T> T ask(Supplier<T> question) {
    try {
      return submitted(question).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HistoryUnavailableException("Whoever asked the history does not wait", e);
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case RuntimeException failure -> failure;
        case Error error -> throw error;
        case null, default -> new IllegalStateException(e);
      };
    }
  }

  private <T> Future<T> submitted(Supplier<T> question) throws InterruptedException {
    if (!turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new HistoryUnavailableException(
          "Too many questions to the history are answered at a time");
    }
    try {
      return threads.submit(() -> answered(question));
    } catch (RejectedExecutionException closed) {
      turns.release();
      throw new HistoryUnavailableException(
          "The history in " + folder + " cannot be read: it is closed", closed);
    }
  }

  /** A turn ends with its query, even if no caller waits for the answer any more. */
  private <T> T answered(Supplier<T> question) {
    try {
      return question.get();
    } finally {
      turns.release();
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
