package org.linli.hub.history.questdb;

import io.questdb.cairo.CairoException;
import io.questdb.std.FilesFacadeImpl;
import io.questdb.std.str.LPSZ;
import io.questdb.std.str.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** The real disk until it is told to have trouble; counts what was forced onto it. */
final class TroubledDisk extends FilesFacadeImpl {

  private static final int INPUT_OUTPUT_ERROR = 5;

  final AtomicInteger syncs = new AtomicInteger();

  /** No room for a new or a growing file. */
  volatile boolean full;

  /** Writes go well, forcing them to disk does not. */
  volatile boolean failsToSync;

  /** QuestDB finds something wrong with what it is given, and nothing with the disk. */
  volatile boolean dislikesContent;

  /** Only the write-ahead log can be written, not the tables. */
  volatile boolean tablesBroken;

  @Override
  public boolean allocate(long fd, long size) {
    return !full && super.allocate(fd, size);
  }

  @Override
  public long openRW(LPSZ name, int options) {
    return full ? -1 : super.openRW(name, options);
  }

  @Override
  public int mkdirs(Path path, int mode) {
    return tablesBroken && isPartition(path.toString()) ? -1 : super.mkdirs(path, mode);
  }

  @Override
  public void msync(long address, long length, boolean later) {
    force();
    super.msync(address, length, later);
  }

  @Override
  public void fsync(long fd) {
    force();
    super.fsync(fd);
  }

  private void force() {
    if (failsToSync) {
      throw CairoException.critical(INPUT_OUTPUT_ERROR).put("could not sync");
    }
    if (dislikesContent) {
      throw CairoException.nonCritical().put("not such a row");
    }
    syncs.incrementAndGet();
  }

  /** Below events~1 or series~2, a partition is a folder named by its day. */
  private static boolean isPartition(String name) {
    return name.matches(".*/(events|series)~\\d+/\\d{4}-.*");
  }
}
