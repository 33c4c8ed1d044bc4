package org.linli.hub.change;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Delivers committed changes in the order of their commits, and wakes the threads that wait for
 * them. A reader has a position, the id of the last change that it has processed. Safe for any
 * thread.
 *
 * <p>When a change is delivered, its commit is complete, and so is the work that had to follow it
 * directly. A reader that looks up the subject finds it as the change left it, or as a later one
 * did.
 */
@Component
public class ChangeFeed {

  private final ChangeRecords records;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private long newest;

  /** Whether a commit failed in such a way that nobody knows whether it happened. */
  private volatile boolean isInDoubt;

  ChangeFeed(ChangeRecords records) {
    this.records = records;
    this.newest = records.newest();
  }

  /** What follows a position. */
  public sealed interface Next {

    /** At least one change, oldest first. The id of the last is the next position. */
    record Changes(List<Change> changes) implements Next {

      public long end() {
        return changes.getLast().id();
      }
    }

    /**
     * What follows is no longer kept, because there was too much of it or it is too old: read
     * everything again, then go on.
     *
     * @param end the next position
     */
    record Gap(long end) implements Next {}

    /** Nothing follows. */
    record Nothing() implements Next {}
  }

  /** Returns the position after everything that is committed; 0 if there never was a change. */
  public long newest() {
    if (isInDoubt) {
      look();
    }
    lock.lock();
    try {
      return newest;
    } finally {
      lock.unlock();
    }
  }

  private void look() {
    // Before the look: what comes into doubt meanwhile is looked for again.
    isInDoubt = false;
    long found;
    try {
      found = records.newest();
    } catch (RuntimeException e) {
      isInDoubt = true;
      throw e;
    }
    lock.lock();
    try {
      newest = Math.max(newest, found);
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns what follows a position, without waiting.
   *
   * @param most limit for the subjects; the change that reaches it is still included, whole
   */
  public Next after(long position, int most) {
    long end = newest();
    if (position == end) {
      return new Next.Nothing();
    }
    List<Change> found = position > end ? List.of() : records.after(position, end, most);
    return found.isEmpty() ? new Next.Gap(end) : new Next.Changes(found);
  }

  /**
   * Returns when a change was recorded, as {@link Change#at}; null if there is none of that id, or
   * it is not kept.
   */
  public @Nullable Long at(long id) {
    return records.at(id);
  }

  /**
   * Waits until something follows a position, or may do so, or until the time is over.
   *
   * @throws InterruptedException when the waiting thread is interrupted
   */
  public void await(long position, Duration patience) throws InterruptedException {
    long nanos = patience.toNanos();
    lock.lock();
    try {
      while (position == newest && !isInDoubt && nanos > 0) {
        nanos = news.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Notes that changes may have been committed, which the records know. */
  void inDoubt() {
    lock.lock();
    try {
      isInDoubt = true;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Notes that changes up to this id are committed. Called in the order of the commits. */
  void committed(long id) {
    lock.lock();
    try {
      newest = id;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
