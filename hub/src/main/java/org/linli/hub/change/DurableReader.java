package org.linli.hub.change;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.hub.change.ChangeFeed.Next;
import org.linli.hub.records.Availability;
import org.linli.hub.records.FailureCause;
import org.linli.hub.records.Undoable;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads changes for work that must be done exactly once for each. Its position is a row that moves
 * in the transaction of the work. If two readers of one name do the same work, one of them fails,
 * and nothing of it remains. For one thread.
 */
public final class DurableReader {

  /** Failures of the records in a row, after which the subjects at fault are searched for. */
  static final int TRIES = 10;

  /** How many later subjects are tried to find one for which the work succeeds. */
  private static final int BESIDE = 100;

  private static final RateLimitedLog limited =
      RateLimitedLog.of(LoggerFactory.getLogger(DurableReader.class));

  private final String name;
  private final ChangeRecords records;
  private final ChangeFeed feed;
  private final TransactionTemplate transaction;
  private final ReaderFigures figures;

  /** Failures of the records since the last success. */
  private int failures;

  DurableReader(
      String name,
      ChangeRecords records,
      ChangeFeed feed,
      TransactionTemplate transaction,
      ReaderFigures figures) {
    this.name = name;
    this.records = records;
    this.feed = feed;
    this.transaction = transaction;
    this.figures = figures;
  }

  /**
   * Does the work for what comes next and moves the position: both or neither. A failure of the
   * work itself does not stop the reader. The work is repeated for each subject by itself, as a
   * change of one, and the subjects with which it fails are skipped and logged.
   *
   * <p>While the records cannot be used, nothing is skipped, however long that lasts. A damaged
   * page must not stop the reader for ever, however. After {@value #TRIES} failures of the records
   * in a row each subject is tried by itself, and undone. A subject for which the records fail
   * again is skipped and logged, if the work succeeds for another one of its kind. If the changes
   * themselves cannot be read, the work is given a {@link Next.Gap}.
   *
   * @param most limit for the subjects; the change that reaches it is still included, whole
   * @param work writes rows, such as messages to be sent, within the transaction: it sends nothing
   *     itself. Not called for {@link Next.Nothing}
   * @return whether there was something
   * @throws RuntimeException if the records cannot be used now, or the work fails with a {@link
   *     Next.Gap}, which is never skipped; the position stays. A {@link
   *     org.linli.program.thread.LivingThread} logs it, shows it on the health page and tries again
   */
  public boolean take(int most, Consumer<Next> work) {
    Taken taken;
    try {
      taken =
          committed(
              status -> {
                long position = records.position(name);
                return taken(status, position, feed.after(position, most), work);
              });
    } catch (RuntimeException failed) {
      taken = afterFailure(failed, most, work);
    }
    failures = 0;
    figures.leftOut(taken.leftOut());
    if (taken.next() instanceof Next.Gap) {
      figures.gap();
    }
    return !(taken.next() instanceof Next.Nothing);
  }

  /**
   * What was taken.
   *
   * @param leftOut subjects that were skipped
   */
  private record Taken(Next next, long leftOut) {}

  private Taken committed(Function<TransactionStatus, Taken> taking) {
    return Objects.requireNonNull(transaction.execute(taking::apply));
  }

  private Taken taken(TransactionStatus status, long position, Next next, Consumer<Next> work) {
    long leftOut = 0;
    switch (next) {
      case Next.Nothing() -> {}
      case Next.Changes changes -> {
        if (Undoable.defectOf(status, () -> work.accept(next)) != null) {
          leftOut = alone(changes).filter(one -> !isDone(status, one, work)).count();
        }
        move(position, changes.end());
      }
      case Next.Gap(long end) -> {
        limited
            .atWarn("gap " + name)
            .addKeyValue("reader", name)
            .addKeyValue("after", position)
            .addKeyValue("until", end)
            .log("Changes came faster than they are read, or too many at once; all is read again");
        work.accept(next);
        move(position, end);
      }
    }
    return new Taken(next, leftOut);
  }

  /** Returns each subject by itself, as a change of one. */
  private static Stream<Change> alone(Next.Changes changes) {
    return changes.changes().stream().flatMap(change -> change.subjects().stream().map(change::of));
  }

  private boolean isDone(TransactionStatus status, Change alone, Consumer<Next> work) {
    Throwable defect =
        Undoable.defectOf(status, () -> work.accept(new Next.Changes(List.of(alone))));
    if (defect != null) {
      sayPassedOver(alone, defect);
    }
    return defect == null;
  }

  private void sayPassedOver(Change alone, Throwable why) {
    limited
        .atError(name + " " + alone.kind())
        .addKeyValue("reader", name)
        .addKeyValue("change", alone.id())
        .addKeyValue("kind", alone.kind())
        .addKeyValue("subject", alone.subjects().getFirst().id())
        .setCause(why)
        .log("A change cannot be worked on and is passed over");
  }

  private Taken afterFailure(RuntimeException failed, int most, Consumer<Next> work) {
    if (FailureCause.of(failed) == FailureCause.STORE && !Availability.explains(failed)) {
      failures++;
      Taken taken = failures % TRIES == 0 ? withoutWhatFails(most, work) : null;
      if (taken != null) {
        return taken;
      }
    }
    throw failed;
  }

  /**
   * Takes what comes next without the subjects for which the records fail.
   *
   * @return null if none is found, or if the records may fail for everything
   */
  private @Nullable Taken withoutWhatFails(int most, Consumer<Next> work) {
    long position = records.committedPosition(name);
    Next next = readable(position, most);
    if (!(next instanceof Next.Changes changes)) {
      return committed(status -> taken(status, position, next, work));
    }
    List<Change> good = new ArrayList<>();
    Map<Change, Throwable> failing = new LinkedHashMap<>();
    Set<String> kindsThatWork = new HashSet<>();
    alone(changes)
        .forEach(
            one -> {
              Throwable failure = failureOf(one, work);
              if (failure == null) {
                kindsThatWork.add(one.kind());
              }
              if (failure != null && FailureCause.of(failure) == FailureCause.STORE) {
                failing.put(one, failure);
              } else {
                good.add(one);
              }
            });
    if (readable(changes.end(), BESIDE) instanceof Next.Changes later) {
      alone(later)
          .filter(one -> !kindsThatWork.contains(one.kind()) && failureOf(one, work) == null)
          .forEach(one -> kindsThatWork.add(one.kind()));
    }
    if (failing.isEmpty()
        || !failing.keySet().stream().allMatch(one -> kindsThatWork.contains(one.kind()))) {
      return null;
    }
    Taken taken =
        committed(
            status -> {
              long leftOut = good.stream().filter(one -> !isDone(status, one, work)).count();
              move(position, changes.end());
              return new Taken(changes, leftOut + failing.size());
            });
    failing.forEach(this::sayPassedOver);
    return taken;
  }

  /** Returns what follows a position; a gap if the changes cannot be read. */
  private Next readable(long position, int most) {
    try {
      return feed.after(position, most);
    } catch (RuntimeException unreadable) {
      if (FailureCause.of(unreadable) != FailureCause.STORE) {
        throw unreadable;
      }
      limited
          .atError("unreadable " + name)
          .addKeyValue("reader", name)
          .addKeyValue("after", position)
          .setCause(unreadable)
          .log("Changes cannot be read, so everything is read again");
      return new Next.Gap(feed.newest());
    }
  }

  /** Returns why the work for one subject fails, without effect; null if it succeeds. */
  private @Nullable Throwable failureOf(Change alone, Consumer<Next> work) {
    try {
      return transaction.execute(
          status -> {
            Throwable defect =
                Undoable.defectOf(status, () -> work.accept(new Next.Changes(List.of(alone))));
            status.setRollbackOnly();
            return defect;
          });
    } catch (RuntimeException failed) {
      return failed;
    }
  }

  private void move(long from, long to) {
    if (!records.move(name, from, to)) {
      throw new IllegalStateException("another one reads changes as " + name);
    }
  }

  /**
   * Waits until there is something to take, or until the time is over.
   *
   * @throws InterruptedException when the waiting thread is interrupted
   */
  public void await(Duration patience) throws InterruptedException {
    feed.await(records.committedPosition(name), patience);
  }
}
