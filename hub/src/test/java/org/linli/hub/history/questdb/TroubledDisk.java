package org.linli.hub.history.questdb;

import io.questdb.cairo.CairoException;
import io.questdb.std.str.LPSZ;
import io.questdb.std.str.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The real disk until it is told to have trouble; counts what was forced onto it. */
final class TroubledDisk extends LockedFiles {

  private static final int INPUT_OUTPUT_ERROR = 5;

  final AtomicInteger syncs = new AtomicInteger();

  /** No room for a new or a growing file. */
  volatile boolean full;

  /** Writes go well, forcing them to disk does not. */
  volatile boolean failsToSync;

  /** What comes of forcing to disk: QuestDB does not always know its own failures. */
  volatile @Nullable RuntimeException onSync;

  /** What comes of forcing to disk while QuestDB closes a table that nobody writes just now. */
  volatile @Nullable RuntimeException onClosingTables;

  final AtomicInteger failedToCloseTables = new AtomicInteger();

  /** QuestDB finds something wrong with what it is given next, and nothing with the disk. */
  volatile boolean dislikesContent;

  /** As {@link #dislikesContent}, and a file cannot be opened either. */
  volatile boolean dislikesEverything;

  /** Only the write-ahead log can be written, not the tables. */
  volatile boolean tablesBroken;

  /** One in so many writes, syncs and openings fails; 0 for none. */
  volatile int failsOneIn;

  private final Random random = new Random(7);

  private boolean fails() {
    int oneIn = failsOneIn;
    return oneIn > 0 && random.nextInt(oneIn) == 0;
  }

  @Override
  public boolean allocate(long fd, long size) {
    return !full && !fails() && super.allocate(fd, size);
  }

  @Override
  public long openRW(LPSZ name, int options) {
    if (dislikesEverything) {
      throw CairoException.nonCritical().put("table is left behind on pool shutdown");
    }
    return full || fails() ? -1 : super.openRW(name, options);
  }

  @Override
  public long write(long fd, long address, long length, long offset) {
    return fails() ? -1 : super.write(fd, address, length, offset);
  }

  @Override
  public long read(long fd, long address, long length, long offset) {
    return fails() ? -1 : super.read(fd, address, length, offset);
  }

  @Override
  public long mmap(long fd, long length, long offset, int flags, int memoryTag) {
    return fails() ? -1 : super.mmap(fd, length, offset, flags, memoryTag);
  }

  @Override
  public long mremap(
      long fd, long address, long before, long now, long offset, int mode, int memoryTag) {
    return fails() ? -1 : super.mremap(fd, address, before, now, offset, mode, memoryTag);
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
    RuntimeException trouble = onClosingTables;
    if (trouble != null && isTableBeingClosed()) {
      failedToCloseTables.incrementAndGet();
      throw trouble;
    }
    RuntimeException unforeseen = onSync;
    if (unforeseen != null) {
      throw unforeseen;
    }
    if (failsToSync || fails()) {
      throw CairoException.critical(INPUT_OUTPUT_ERROR).put("could not sync");
    }
    if (dislikesContent) {
      dislikesContent = false;
      throw CairoException.nonCritical().put("not such a row");
    }
    syncs.incrementAndGet();
  }

  private static boolean isTableBeingClosed() {
    return StackWalker.getInstance()
        .walk(
            calls ->
                calls.anyMatch(
                    call ->
                        call.getClassName().endsWith(".WriterPool")
                            && "closeWriter".equals(call.getMethodName())));
  }

  /** Below events~1 or series~2, a partition is a folder named by its day. */
  private static boolean isPartition(String name) {
    return name.matches(".*/(events|series)~\\d+/\\d{4}-.*");
  }
}
