package org.linli.hub.change;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.linli.hub.change.ChangeFeed.Next;
import org.linli.hub.records.TestRecords;
import org.linli.program.thread.LivingThreads;

/** The changes of a hub, on real records and without Spring. */
public final class ChangesOnRecords {

  private final ChangeRecords rows;
  private final ChangeFeed feed;
  private final ChangeRecorder recorder;
  private final TestRecords records;
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private Consumer<Change> listener = _ -> {};

  public ChangesOnRecords(TestRecords records) {
    this(records, 10_000);
  }

  /**
   * @param keep changes
   */
  public ChangesOnRecords(TestRecords records, int keep) {
    this.records = records;
    this.rows =
        new ChangeRecords(
            records.ofCommunities(),
            records.runningTime(),
            new ChangeSettings(keep, Duration.ofHours(24)));
    this.feed =
        new ChangeFeed(rows) {
          @Override
          void committed(long id) {
            long before = newest();
            super.committed(id);
            tell(before);
          }
        };
    this.recorder = new ChangeRecorder(rows, feed);
  }

  /** Tells of each change at the very moment at which it can be read first. */
  public void listen(Consumer<Change> listener) {
    this.listener = listener;
  }

  private void tell(long position) {
    if (feed.after(position, 1_000_000) instanceof Next.Changes(var changes)) {
      changes.forEach(listener);
    }
  }

  public ChangeRecorder recorder() {
    return recorder;
  }

  public ChangeFeed feed() {
    return feed;
  }

  /** Drops what is too much or too old, as the hub does every few seconds. */
  public void drop() {
    new ChangeDropping(rows, records.transactions(), new LivingThreads(Clock.systemUTC())).look();
  }

  /** One transaction of that. */
  void dropOnce() {
    records.transactions().executeWithoutResult(_ -> rows.drop());
  }

  /** What durable readers count. */
  MeterRegistry meters() {
    return meters;
  }

  DurableReaders durableReaders() {
    return new DurableReaders(rows, feed, records.transactions(), meters);
  }

  /** Subjects of a kind that changed, in the order in which they are told. */
  public List<String> subjects(ChangeKind kind) {
    List<String> found = new ArrayList<>();
    long position = 0;
    while (feed.after(position, 1_000) instanceof Next.Changes changes) {
      for (Change change : changes.changes()) {
        if (change.kind().equals(kind.name())) {
          change.subjects().forEach(subject -> found.add(subject.id()));
        }
      }
      position = changes.end();
    }
    return found;
  }
}
