package org.linli.hub.journal;

import java.time.Duration;
import org.linli.hub.records.TestRecords;
import org.springframework.util.unit.DataSize;

/** The archive on a test's records, for tests of others. */
public final class ArchiveOnRecords {

  private ArchiveOnRecords() {}

  public static Archive of(TestRecords records) {
    return new Archive(
        records.client(),
        records.reader(),
        new ArchiveSettings(Duration.ofDays(400), DataSize.ofGigabytes(1)),
        records.runningTime(),
        records.folder());
  }
}
