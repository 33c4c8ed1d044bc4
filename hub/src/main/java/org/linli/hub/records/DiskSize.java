package org.linli.hub.records;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How large disks are, of which what is kept for long takes a share each. */
public final class DiskSize {

  private DiskSize() {}

  /**
   * The disk of a folder, in bytes.
   *
   * @return empty where it does not tell
   */
  public static OptionalLong of(Path folder) {
    try {
      long bytes = Files.getFileStore(folder).getTotalSpace();
      return bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
