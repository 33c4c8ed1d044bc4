package org.linli.hub.history.questdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.linli.program.folder.OwnerOnly;

/** Asks a disk whether it takes anything. */
final class FolderProbe {

  private static final int BYTES = 64 * 1024;

  private FolderProbe() {}

  /** Whether a small new file in the folder can be written and synced; it is removed again. */
  static boolean canBeWritten(Path folder) {
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
      return true;
    } catch (IOException inTrouble) {
      return false;
    }
  }
}
