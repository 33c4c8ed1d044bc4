package org.linli.hub.records;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Reads the size of disks, of which data that is kept for long gets a share. */
public final class DiskSize {

  private DiskSize() {}

  /**
   * Returns the size of the folder's disk in bytes.
   *
   * @return empty if the disk does not report it
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
