package org.linli.sims.disk;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A process that writes a file through memory, syncs that once, and writes on. */
final class MapsMemory {

  static final int SIZE = 16;

  private MapsMemory() {}

  public static void main(String[] arguments) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            Path.of(arguments[0]),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      MappedByteBuffer memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
      memory.put(0, "synced".getBytes(StandardCharsets.US_ASCII));
      memory.force();
      memory.put(0, "unsaid".getBytes(StandardCharsets.US_ASCII));
    }
  }
}
