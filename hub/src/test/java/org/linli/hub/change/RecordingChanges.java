package org.linli.hub.change;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.linli.hub.change.ChangeFeed.Next;
import org.linli.hub.records.TestRecords;

/** Records changes as the hub does, on real records. */
abstract class RecordingChanges {

  static final ChangeKind ALERT = ChangeKind.oneByOne("alert");
  static final ChangeKind DEVICE = ChangeKind.byTheHundred("device");
  static final int KEPT = 200;

  TestRecords records;
  ChangesOnRecords changes;

  @BeforeEach
  void open(@TempDir Path data) {
    records = new TestRecords(data);
    changes = new ChangesOnRecords(records, KEPT);
  }

  @AfterEach
  void close() {
    records.close();
  }

  void transaction(Runnable work) {
    records.transactions().executeWithoutResult(_ -> work.run());
  }

  void record(String alert, long version) {
    changes.recorder().record(ALERT, null, alert, version);
  }

  void recordDevices(int from, int to) {
    IntStream.range(from, to).forEach(i -> changes.recorder().record(DEVICE, null, "device-" + i));
  }

  List<Change> after(long position) {
    return after(changes.feed(), position);
  }

  static List<Change> after(ChangeFeed feed, long position) {
    return feed.after(position, 1_000) instanceof Next.Changes(var found) ? found : List.of();
  }

  long rows() {
    return records.client().sql("SELECT COUNT(*) FROM change").query(Long.class).single();
  }
}
