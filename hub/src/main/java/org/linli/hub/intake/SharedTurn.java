package org.linli.hub.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Group commit: what comes while a commit is under way shares the next one. Whoever has the turn
 * does the work of all who wait, urgent work first and alone. Where urgent work comes without end,
 * one piece of the rest gets its turn after {@value #MOST_IN_A_ROW} groups of it: so urgent work
 * waits for the one commit that was under way when it came, and for one piece more at most.
 *
 * <p>What fails together is tried one by one, so that one failure is nobody else's; only where the
 * store itself cannot write, or the memory is used up, there is no point in that. Whatever is
 * thrown, an {@link Error} too, everybody whose work was begun is told of its end.
 */
final class SharedTurn<W extends SharedTurn.Work> {

  /** Something that can be done together with others of its kind. */
  interface Work {
    boolean isUrgent();

    /** How much it is, in the same unit as the most that is done together. */
    int size();
  }

  /** Groups of urgent work that come before other work that waits. */
  private static final int MOST_IN_A_ROW = 4;

  private final int most;
  private final Consumer<List<W>> together;
  private final ConcurrentLinkedQueue<Waiting<W>> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock turn = new ReentrantLock(true);

  /** Urgent groups since other work that waits had its turn; with the turn only. */
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
   * @param most sizes that are done together add up to this at most; a larger one is done alone
   */
  SharedTurn(int most, Consumer<List<W>> together) {
    this.most = most;
    this.together = together;
  }

  /** Has it done, and returns when it is; throws what doing it threw. */
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
