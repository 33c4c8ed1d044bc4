package org.linli.hub.records.keeping;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Tells a full disk from what else keeps a file from being written. */
final class DiskFull {

  private DiskFull() {}

  /**
   * @param folder where it was written
   */
  static KeepingException orUnwritten(Path folder, IOException e) {
    String said = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return said.contains("no space left") || said.contains("quota exceeded")
        ? new KeepingException("disk-full", folder)
        : new KeepingException("unwritten", folder, e.toString());
  }
}
