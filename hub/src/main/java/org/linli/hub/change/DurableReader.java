package org.linli.hub.change;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.linli.hub.change.ChangeFeed.Next;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads changes for work that is done once for each, whatever comes in between: its position is a
 * row that moves in the transaction of the work. Where two of one name do the same work, one of
 * them fails, and nothing of it remains.
 */
public final class DurableReader {

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
   * Does the work for what comes next, and moves the position, both or neither.
   *
   * @param most subjects; the change that brings it to so many is still given, whole
   * @param work writes rows, such as what is to be sent, within the transaction: it sends nothing
   *     itself. Not called where there is {@link Next.Nothing}
   * @return whether there was something
   */
  public boolean take(int most, Consumer<Next> work) {
    return Objects.requireNonNull(transaction.execute(_ -> taken(most, work)));
  }

  private boolean taken(int most, Consumer<Next> work) {
    long position = records.position(name);
    Next next = feed.after(position, most);
    return switch (next) {
      case Next.Nothing() -> false;
      case Next.Changes changes -> done(next, position, changes.end(), work);
      case Next.Gap(long end) -> done(next, position, end, work);
    };
  }

  private boolean done(Next next, long from, long to, Consumer<Next> work) {
    work.accept(next);
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
