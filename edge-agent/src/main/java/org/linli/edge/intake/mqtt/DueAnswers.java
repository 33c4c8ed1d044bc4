package org.linli.edge.intake.mqtt;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Clients of one event loop that are to be acknowledged. The loop is woken once for all of a
 * commit, and not once for each: waking it costs a call of the system.
 */
final class DueAnswers {

  /** Each at most once. */
  private final Queue<Publications> due = new ConcurrentLinkedQueue<>();

  private final AtomicBoolean isLoopAsked = new AtomicBoolean();

  /** From any thread; the answers leave with the next {@link #flush}. */
  void add(Publications publications) {
    due.add(publications);
  }

  /** From any thread. */
  void flush(Executor loop) {
    if (!isLoopAsked.get() && !due.isEmpty() && isLoopAsked.compareAndSet(false, true)) {
      loop.execute(this::send);
    }
  }

  /** On the loop. One that fails leaves the others theirs. */
  private void send() {
    isLoopAsked.set(false);
    for (Publications next = due.poll(); next != null; next = due.poll()) {
      try {
        next.sendAnswers();
      } catch (RuntimeException | Error defect) {
        next.broke(defect);
      }
    }
  }
}
