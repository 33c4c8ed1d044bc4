package org.linli.hub.change;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.linli.hub.change.ChangeFeed.Next;
import org.linli.hub.records.Undoable;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads changes for work that must be done exactly once for each. Its position is a row that moves
 * in the transaction of the work. If two readers of one name do the same work, one of them fails,
 * and nothing of it remains.
 */
public final class DurableReader {

  private static final RateLimitedLog limited =
      RateLimitedLog.of(LoggerFactory.getLogger(DurableReader.class));

  private final String name;
  private final ChangeRecords records;
  private final ChangeFeed feed;
  private final TransactionTemplate transaction;
  private final ReaderFigures figures;

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
   * @param most limit for the subjects; the change that reaches it is still included, whole
   * @param work writes rows, such as messages to be sent, within the transaction: it sends nothing
   *     itself. Not called for {@link Next.Nothing}
   * @return whether there was something
   * @throws RuntimeException if the records cannot be used now, or the work fails with a {@link
   *     Next.Gap}, which is never skipped; the position stays
   */
  public boolean take(int most, Consumer<Next> work) {
    Taken taken = Objects.requireNonNull(transaction.execute(status -> taken(status, most, work)));
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

  private Taken taken(TransactionStatus status, int most, Consumer<Next> work) {
    long position = records.position(name);
    Next next = feed.after(position, most);
    long leftOut = 0;
    switch (next) {
      case Next.Nothing() -> {}
      case Next.Changes changes -> {
        if (Undoable.defectOf(status, () -> work.accept(next)) != null) {
          for (Change change : changes.changes()) {
            leftOut += doEach(status, change, work);
          }
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

  /**
   * Does the work for each subject by itself.
   *
   * @return with how many it fails
   */
  private long doEach(TransactionStatus status, Change change, Consumer<Next> work) {
    long failed = 0;
    for (Change.Subject subject : change.subjects()) {
      Next alone = new Next.Changes(List.of(change.of(subject)));
      Throwable defect = Undoable.defectOf(status, () -> work.accept(alone));
      if (defect != null) {
        failed++;
        limited
            .atError(name + " " + change.kind())
            .addKeyValue("reader", name)
            .addKeyValue("change", change.id())
            .addKeyValue("kind", change.kind())
            .addKeyValue("subject", subject.id())
            .setCause(defect)
            .log("A change cannot be worked on and is passed over");
      }
    }
    return failed;
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
