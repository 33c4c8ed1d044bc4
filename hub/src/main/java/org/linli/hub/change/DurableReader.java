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
 * Reads changes for work that is done once for each, whatever comes in between: its position is a
 * row that moves in the transaction of the work. Where two of one name do the same work, one of
 * them fails, and nothing of it remains.
 */
public final class DurableReader {

  private static final RateLimitedLog limited =
      RateLimitedLog.of(LoggerFactory.getLogger(DurableReader.class));

  private final String name;
  private final ChangeRecords records;
  private final ChangeFeed feed;
  private final TransactionTemplate transaction;

  DurableReader(
      String name, ChangeRecords records, ChangeFeed feed, TransactionTemplate transaction) {
    this.name = name;
    this.records = records;
    this.feed = feed;
    this.transaction = transaction;
  }

  /**
   * Does the work for what comes next, and moves the position, both or neither. What the work is
   * itself to blame for stops nothing: it is done again for each subject by itself, as a change of
   * one, and the subjects with which it fails are passed over, which the log says.
   *
   * @param most subjects; the change that brings it to so many is still given, whole
   * @param work writes rows, such as what is to be sent, within the transaction: it sends nothing
   *     itself. Not called where there is {@link Next.Nothing}
   * @return whether there was something
   * @throws RuntimeException where the records cannot be used now, or the work fails with a {@link
   *     Next.Gap}, which is never passed over; the position stays
   */
  public boolean take(int most, Consumer<Next> work) {
    return Objects.requireNonNull(transaction.execute(status -> taken(status, most, work)));
  }

  private boolean taken(TransactionStatus status, int most, Consumer<Next> work) {
    long position = records.position(name);
    Next next = feed.after(position, most);
    return switch (next) {
      case Next.Nothing() -> false;
      case Next.Changes changes -> {
        if (Undoable.defectOf(status, () -> work.accept(next)) != null) {
          changes.changes().forEach(change -> doEach(status, change, work));
        }
        yield moved(position, changes.end());
      }
      case Next.Gap(long end) -> {
        work.accept(next);
        yield moved(position, end);
      }
    };
  }

  private void doEach(TransactionStatus status, Change change, Consumer<Next> work) {
    for (Change.Subject subject : change.subjects()) {
      Next alone = new Next.Changes(List.of(change.of(subject)));
      Throwable defect = Undoable.defectOf(status, () -> work.accept(alone));
      if (defect != null) {
        limited
            .atError(name + change.kind())
            .addKeyValue("reader", name)
            .addKeyValue("change", change.id())
            .addKeyValue("kind", change.kind())
            .addKeyValue("subject", subject.id())
            .setCause(defect)
            .log("A change cannot be worked on and is passed over");
      }
    }
  }

  private boolean moved(long from, long to) {
    if (!records.move(name, from, to)) {
      throw new IllegalStateException("another one reads changes as " + name);
    }
    return true;
  }

  /**
   * Waits until there is something to take, or for so long.
   *
   * @throws InterruptedException when the waiting thread is interrupted
   */
  public void await(Duration patience) throws InterruptedException {
    feed.await(records.committedPosition(name), patience);
  }
}
