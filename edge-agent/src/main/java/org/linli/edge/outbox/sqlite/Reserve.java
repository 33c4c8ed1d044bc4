package org.linli.edge.outbox.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.linli.program.folder.OwnerOnly;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code outbox.reserve}: disk space that is released when the disk is full, so that the
 * write-ahead log has room, and taken again when there is enough room. For the writer thread only,
 * except {@link #knowsFreeSpace} and {@link #missingSince}.
 */
final class Reserve {

  private static final Logger log = LoggerFactory.getLogger(Reserve.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);
  private static final int PIECE = 64 * 1024;

  /** It is created only if this many times its size is free. */
  private static final int ROOM = 3;

  private final Path folder;
  private final Path file;
  private final long bytes;
  private final UsableSpace space;
  private final InstantSource clock;
  private volatile boolean knowsFreeSpace = true;
  private volatile @Nullable Instant missingSince;

  /** Reports the free space of a disk. */
  @FunctionalInterface
  interface UsableSpace {
    /**
     * The free space of one folder. The file store is looked up once, because that reads the table
     * of all mounts. It is that of the folder, so it stays right if another disk is mounted.
     */
    static UsableSpace ofTheDisk() {
      return new UsableSpace() {
        private @Nullable FileStore store;

        @Override
        public long of(Path folder) throws IOException {
          FileStore found = store == null ? Files.getFileStore(folder) : store;
          store = found;
          return found.getUsableSpace();
        }
      };
    }

    /**
     * Bytes that this user may still write in a folder.
     *
     * @throws IOException if the disk does not say
     */
    long of(Path folder) throws IOException;
  }

  Reserve(Path folder, long bytes, UsableSpace space, InstantSource clock) {
    this.folder = folder;
    this.file = folder.resolve("outbox.reserve");
    this.bytes = bytes;
    this.space = space;
    this.clock = clock;
  }

  long bytes() {
    return bytes;
  }

  /** Free bytes of the disk for this user; empty if the system does not say. */
  OptionalLong usableBytes() {
    try {
      OptionalLong usable = OptionalLong.of(space.of(folder));
      knowsFreeSpace = true;
      return usable;
    } catch (IOException e) {
      knowsFreeSpace = false;
      limited
          .atWarn("free-space-unknown")
          .addKeyValue("why", e.toString())
          .log("how much of the disk is free is not known; only the quota limits the outbox");
      return OptionalLong.empty();
    }
  }

  /** Whether the last query of the free space succeeded; from any thread. */
  boolean knowsFreeSpace() {
    return knowsFreeSpace;
  }

  /**
   * Since when the disk is too full for the reserve, so that it is in use or was never created.
   * Null if the reserve exists or the free space is not known. From any thread.
   */
  @Nullable Instant missingSince() {
    return missingSince;
  }

  private void missing() {
    if (missingSince == null) {
      missingSince = Instant.ofEpochMilli(clock.millis());
    }
  }

  private boolean isFree(long wanted, boolean whereUnknown) {
    OptionalLong usable = usableBytes();
    return usable.isEmpty() ? whereUnknown : usable.getAsLong() >= wanted;
  }

  /** The least free space, on the disk or within the outbox's file. */
  long lowWaterBytes() {
    return bytes / 2;
  }

  /**
   * Releases the space on a full disk.
   *
   * @return whether there was any
   */
  boolean release() {
    missing();
    try {
      if (Files.deleteIfExists(file)) {
        log.atWarn().addKeyValue("file", file).log("the disk is full: its reserve is used now");
        return true;
      }
    } catch (IOException e) {
      log.atError().addKeyValue("why", e.toString()).log("the reserve cannot be given back");
    }
    return false;
  }

  /** Releases the space if the disk is so full that the outbox perhaps cannot even be opened. */
  void releaseWhereNeeded() {
    if (!isFree(lowWaterBytes(), true)) {
      boolean _ = release();
    }
  }

  /** Takes the space, if it is not taken and there is room. */
  void fill() {
    try {
      long there = Files.exists(file) ? Files.size(file) : 0;
      if (there == bytes) {
        missingSince = null;
      } else if (isFree(ROOM * bytes, false)) {
        write();
        missingSince = null;
      } else if (knowsFreeSpace) {
        missing();
      } else {
        // There it is never created again, so the problem would be reported for ever.
        missingSince = null;
      }
    } catch (IOException e) {
      limited
          .atWarn("reserve-not-made")
          .addKeyValue("why", e.toString())
          .log("the reserve on the disk was not made");
      boolean _ = release();
    }
  }

  /** Writes random bytes, because a file system may allocate no space for zeros. */
  private void write() throws IOException {
    byte[] noise = new byte[PIECE];
    RandomGenerator.getDefault().nextBytes(noise);
    try (FileChannel channel =
        OwnerOnly.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      for (long left = bytes; left > 0; ) {
        left -= channel.write(ByteBuffer.wrap(noise, 0, (int) Math.min(left, PIECE)));
      }
      channel.force(true);
    }
  }
}
