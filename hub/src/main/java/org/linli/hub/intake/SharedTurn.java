package org.linli.hub.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.linli.hub.journal.StoreUnavailableException;

/**
 * Group commit: work that arrives during a commit shares the next one. The thread that has the turn
 * does the work of all that wait, urgent work first and by itself. If urgent work arrives without
 * end, one piece of other work gets its turn after {@value #MOST_IN_A_ROW} urgent groups. Urgent
 * work therefore waits at most for the commit that was under way when it arrived and for one
 * further piece.
 *
 * <p>Work that fails together is tried one by one, so that one failure affects no other work. This
 * is not done if the store itself cannot write or memory is exhausted. Whatever is thrown, even an
 * {@link Error}, every caller whose work was begun learns how it ended.
 */
final class SharedTurn<W extends SharedTurn.Work> {

  /** Work that can be done together with other work of its kind. */
  interface Work {
    boolean isUrgent();

    /** Returns its size, in the unit of the limit on what is done together. */
    int size();
  }

  /** Groups of urgent work that come before other work that waits. */
  private static final int MOST_IN_A_ROW = 4;

  private final int most;
  private final Consumer<List<W>> together;
  private final ConcurrentLinkedQueue<Waiting<W>> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock turn = new ReentrantLock(true);

  /**
   * Urgent groups since other waiting work had its turn. Only the thread that has the turn uses it.
   */
  private int inARow;

  private static final class Waiting<W> {
    final W work;
    boolean done;
    @Nullable Throwable failure;

    Waiting(W work) {
      this.work = work;
    }

    void end(@Nullable Throwable why) {
      done = true;
      failure = why;
    }

    void report() {
      switch (failure) {
        case null -> {}
        case Error error -> throw error;
        case RuntimeException exception -> throw exception;
        case Throwable impossible -> throw new IllegalStateException(impossible);
      }
    }
  }

  /**
   * @param most the largest sum of sizes that is done together; a larger piece is done alone
   */
  SharedTurn(int most, Consumer<List<W>> together) {
    this.most = most;
    this.together = together;
  }

  /** Has the work done and returns when it is done. Throws what the work threw. */
  void take(W work) {
    Waiting<W> own = new Waiting<>(work);
    waiting.add(own);
    turn.lock();
    try {
      while (!own.done) {
        execute(next());
      }
    } finally {
      if (!own.done) {
        waiting.remove(own);
      }
      turn.unlock();
    }
    own.report();
  }

  private List<Waiting<W>> next() {
    boolean anyUrgent = waiting.stream().anyMatch(one -> one.work.isUrgent());
    boolean anyOther = waiting.stream().anyMatch(one -> !one.work.isUrgent());
    boolean outOfTurn = anyUrgent && anyOther && inARow >= MOST_IN_A_ROW;
    boolean urgent = anyUrgent && !outOfTurn;
    inARow = urgent && anyOther ? inARow + 1 : 0;
    List<Waiting<W>> next = new ArrayList<>();
    int size = 0;
    for (Waiting<W> one : waiting) {
      if (one.work.isUrgent() == urgent) {
        size += one.work.size();
        if (!next.isEmpty() && (size > most || outOfTurn)) {
          break;
        }
        next.add(one);
      }
    }
    waiting.removeAll(next);
    return next;
  }

  private void execute(List<Waiting<W>> group) {
    try {
      together.accept(group.stream().map(one -> one.work).toList());
      group.forEach(one -> one.end(null));
    } catch (Throwable failed) {
      if (group.size() == 1 || concernsAll(failed)) {
        group.forEach(one -> one.end(failed));
      } else {
        group.forEach(one -> execute(List.of(one)));
      }
    }
  }

  private static boolean concernsAll(Throwable failed) {
    return failed instanceof StoreUnavailableException || failed instanceof OutOfMemoryError;
  }
}
