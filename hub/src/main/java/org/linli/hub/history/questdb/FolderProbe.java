package org.linli.hub.history.questdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.linli.hub.journal.Standstill;
import org.linli.hub.journal.Standstill.Cause;
import org.linli.program.folder.OwnerOnly;

/** Checks whether a disk can be written. */
final class FolderProbe {

  private static final int BYTES = 64 * 1024;

  private FolderProbe() {}

  /** Below this many free bytes a disk counts as full. */
  private static final long FEW_BYTES = 1L << 20;

  /**
   * Returns whether a small new file in the folder can be written and synced; it is removed again.
   */
  static boolean canBeWritten(Path folder) {
    return trouble(folder) == null;
  }

  /** Returns why the folder cannot be written; null if it can. */
  static @Nullable Standstill trouble(Path folder) {
    Path probe = folder.resolve("probe.tmp");
    try {
      try (FileChannel file =
          OwnerOnly.open(
              probe,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer zeros = ByteBuffer.allocate(BYTES);
        while (zeros.hasRemaining()) {
          file.write(zeros);
        }
        file.force(true);
      }
      Files.delete(probe);
      return null;
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      return message.contains("No space left")
          ? noRoom(folder)
          : new Standstill(
              Cause.CANNOT_WRITE,
              folder.toString(),
              "no file can be written in %s: %s. Check the disk.".formatted(folder, message));
    }
  }

  /** A disk can run out of bytes, or of files. */
  private static Standstill noRoom(Path folder) {
    try {
      if (Files.getFileStore(folder).getUsableSpace() > FEW_BYTES) {
        return new Standstill(
            Cause.INODES_USED_UP,
            folder.toString(),
            "the disk of %s has room, but takes no further file: its inodes are used up (df -i). Remove files there."
                .formatted(folder));
      }
    } catch (IOException e) {
      // The usual sentence follows.
    }
    return new Standstill(
        Cause.DISK_FULL,
        folder.toString(),
        "the disk of %s is full (df). Make room there.".formatted(folder));
  }
}
