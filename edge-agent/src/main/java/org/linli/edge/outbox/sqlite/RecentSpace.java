package org.linli.edge.outbox.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.linli.edge.outbox.sqlite.Reserve.UsableSpace;

/**
 * Asks for the free space of a disk no more often than it can change much. An answer is valid for a
 * tenth of a second, and only while there is more than a fast disk can write in that time. For one
 * thread.
 */
final class RecentSpace implements UsableSpace {

  private static final long PLENTY = 256L << 20;
  private static final long STANDS_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final UsableSpace disk;
  private final LongSupplier nanoTime;
  private long answer;
  private long askedAt;

  static RecentSpace ofTheDisk() {
    return new RecentSpace(UsableSpace.ofTheDisk(), System::nanoTime);
  }

  RecentSpace(UsableSpace disk, LongSupplier nanoTime) {
    this.disk = disk;
    this.nanoTime = nanoTime;
  }

  @Override
  public long of(Path folder) throws IOException {
    long now = nanoTime.getAsLong();
    if (answer < PLENTY || now - askedAt >= STANDS_NANOS) {
      answer = 0;
      answer = disk.of(folder);
      askedAt = now;
    }
    return answer;
  }
}
