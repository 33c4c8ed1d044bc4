package org.linli.hub.journal;

import java.time.Duration;

/** What carries a journal into a store, on its own thread as in a hub. */
public final class RunningFeed implements AutoCloseable {

  private final JournalFeed feed;

  private RunningFeed(JournalFeed feed) {
    this.feed = feed;
  }

  /** Not started. */
  public static RunningFeed of(TestJournal journal, DurableStore store) {
    return new RunningFeed(journal.feed(store, Duration.ZERO));
  }

  public void start() {
    feed.start();
  }

  @Override
  public void close() {
    feed.stop();
  }
}
