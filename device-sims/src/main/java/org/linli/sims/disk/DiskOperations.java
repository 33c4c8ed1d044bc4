package org.linli.sims.disk;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.IntSupplier;
import org.cryptomator.jfuse.api.DirFiller;
import org.cryptomator.jfuse.api.Errno;
import org.cryptomator.jfuse.api.FileInfo;
import org.cryptomator.jfuse.api.FuseOperations;
import org.cryptomator.jfuse.api.Stat;
import org.cryptomator.jfuse.api.Statvfs;
import org.cryptomator.jfuse.api.TimeSpec;
import org.jspecify.annotations.Nullable;

/** Translates the kernel's FUSE requests to a {@link SimulatedDisk}. */
final class DiskOperations implements FuseOperations {

  private static final int TRUNCATE_ON_OPEN = 0x200;
  private static final int DO_NOT_REPLACE = 1;
  private static final int PERMISSIONS = 07777;
  private static final int NO_SPACE_LEFT = 28;
  private static final int LONGEST_NAME = 255;

  /** The size reported for a disk without a limit: 1 TiB. */
  private static final long PLENTY = 1L << 40;

  private final SimulatedDisk disk;
  private final Errno errno;

  DiskOperations(SimulatedDisk disk, Errno errno) {
    this.disk = disk;
    this.errno = errno;
  }

  @Override
  public Errno errno() {
    return errno;
  }

  @Override
  public Set<Operation> supportedOperations() {
    return EnumSet.of(
        Operation.GET_ATTR,
        Operation.CREATE,
        Operation.OPEN,
        Operation.READ,
        Operation.WRITE,
        Operation.TRUNCATE,
        Operation.FSYNC,
        Operation.OPEN_DIR,
        Operation.READ_DIR,
        Operation.FSYNCDIR,
        Operation.MKDIR,
        Operation.UNLINK,
        Operation.RMDIR,
        Operation.RENAME,
        Operation.CHMOD,
        Operation.UTIMENS,
        Operation.STATFS);
  }

  private int tried(IntSupplier operation) {
    try {
      return operation.getAsInt();
    } catch (DiskException e) {
      return -switch (e.reason()) {
        case NO_ENTRY -> errno.enoent();
        case EXISTS -> errno.eexist();
        case NOT_DIRECTORY -> errno.enotdir();
        case IS_DIRECTORY -> errno.eisdir();
        case NOT_EMPTY -> errno.enotempty();
        case NO_SPACE -> NO_SPACE_LEFT;
        case INPUT_OUTPUT -> errno.eio();
      };
    } catch (RuntimeException e) {
      // The exception must not end the kernel's thread.
      return -errno.eio();
    }
  }

  private int done(Runnable operation) {
    return tried(
        () -> {
          operation.run();
          return 0;
        });
  }

  @Override
  public int getattr(String path, Stat stat, @Nullable FileInfo file) {
    return done(
        () -> {
          Node node = disk.find(path);
          switch (node) {
            case Node.File one -> {
              stat.setMode(Stat.S_IFREG | node.mode());
              stat.setNLink((short) 1);
              stat.setSize(disk.size(one));
            }
            case Node.Directory directory -> {
              stat.setMode(Stat.S_IFDIR | node.mode());
              stat.setNLink((short) 2);
            }
          }
          stat.aTime().set(node.changed());
          stat.mTime().set(node.changed());
          stat.cTime().set(node.changed());
        });
  }

  @Override
  public int create(String path, int mode, FileInfo file) {
    return done(() -> disk.create(path, mode & PERMISSIONS));
  }

  @Override
  public int open(String path, FileInfo file) {
    return done(
        () -> {
          if ((file.getFlags() & TRUNCATE_ON_OPEN) != 0) {
            disk.truncate(path, 0);
          }
        });
  }

  @Override
  public int read(String path, ByteBuffer into, long size, long offset, FileInfo file) {
    return tried(() -> disk.read(path, into, offset));
  }

  @Override
  public int write(String path, ByteBuffer from, long size, long offset, FileInfo file) {
    return tried(() -> disk.write(path, from, offset));
  }

  @Override
  public int truncate(String path, long size, @Nullable FileInfo file) {
    return done(() -> disk.truncate(path, size));
  }

  @Override
  public int fsync(String path, int dataOnly, FileInfo file) {
    return done(() -> disk.sync(path));
  }

  @Override
  public int opendir(String path, FileInfo file) {
    return done(() -> disk.list(path));
  }

  @Override
  public int readdir(String path, DirFiller filler, long offset, FileInfo file, int flags) {
    return done(
        () -> {
          filler.fill(".", stat -> {}, 0, 0);
          filler.fill("..", stat -> {}, 0, 0);
          disk.list(path).forEach(name -> filler.fill(name, stat -> {}, 0, 0));
        });
  }

  @Override
  public int fsyncdir(@Nullable String path, int dataOnly, @Nullable FileInfo file) {
    return path == null ? -errno.ebadf() : done(() -> disk.syncDirectory(path));
  }

  @Override
  public int mkdir(String path, int mode) {
    return done(() -> disk.makeDirectory(path, mode & PERMISSIONS));
  }

  @Override
  public int unlink(String path) {
    return done(() -> disk.unlink(path));
  }

  @Override
  public int rmdir(String path) {
    return done(() -> disk.removeDirectory(path));
  }

  @Override
  public int rename(String from, String to, int flags) {
    return done(() -> disk.rename(from, to, (flags & DO_NOT_REPLACE) == 0));
  }

  @Override
  public int chmod(String path, int mode, @Nullable FileInfo file) {
    return done(() -> disk.find(path).mode(mode & PERMISSIONS));
  }

  @Override
  public int utimens(String path, TimeSpec read, TimeSpec changed, @Nullable FileInfo file) {
    return done(() -> changed.getOptional().ifPresent(disk.find(path)::changed));
  }

  @Override
  public int statfs(String path, Statvfs statvfs) {
    return done(
        () -> {
          long blocks = Math.min(disk.room(), PLENTY) / FileContent.PAGE;
          statvfs.setBsize(FileContent.PAGE);
          statvfs.setFrsize(FileContent.PAGE);
          statvfs.setBlocks(PLENTY / FileContent.PAGE);
          statvfs.setBfree(blocks);
          statvfs.setBavail(blocks);
          statvfs.setNameMax(LONGEST_NAME);
        });
  }
}
