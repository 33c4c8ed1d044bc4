package org.linli.edge.intake.mqtt;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Clients of one event loop with acknowledgements to send. The loop is woken once per commit
 * instead of once per client, because each wake-up costs a system call.
 */
final class DueAnswers {

  /** Acknowledges to one client. For the client's event loop. */
  interface Answering {

    /** Sends the acknowledgements of what is answered by now. */
    void sendAnswers();

    /** Ends the connection because its answers cannot be sent. */
    void broke(Throwable cause);
  }

  /** Each at most once. */
  private final Queue<Answering> due = new ConcurrentLinkedQueue<>();

  private final AtomicBoolean isLoopAsked = new AtomicBoolean();

  /**
   * Queues a client; from any thread. Its acknowledgements are sent with the next {@link #flush}.
   */
  void add(Answering client) {
    due.add(client);
  }

  /** Wakes the loop; from any thread. A loop that does not take the task is woken with the next. */
  void flush(Executor loop) {
    if (!isLoopAsked.get() && !due.isEmpty() && isLoopAsked.compareAndSet(false, true)) {
      try {
        loop.execute(this::send);
      } catch (RuntimeException | Error notAsked) {
        isLoopAsked.set(false);
        throw notAsked;
      }
    }
  }

  /** Runs on the loop. A failure of one client does not affect the others. */
  private void send() {
    isLoopAsked.set(false);
    for (Answering next = due.poll(); next != null; next = due.poll()) {
      try {
        next.sendAnswers();
      } catch (RuntimeException | Error defect) {
        next.broke(defect);
      }
    }
  }
}
