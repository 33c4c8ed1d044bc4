package org.linli.hub.records;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.linli.event.NetworkFileSystems;

/**
 * The folder that holds all of a hub's state (LINLI_DATA). One hub at a time: the operating system
 * locks {@code hub.lock} in it for as long as the process lives, however it ends.
 */
public final class DataFolder implements AutoCloseable {

  private static final String CHOOSE_ANOTHER =
      "Set LINLI_DATA to a folder that this user may write to.";

  private final Path path;
  private final FileChannel lockFile;

  private DataFolder(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Makes the folder where it is missing and locks it.
   *
   * @throws RecordsUnavailableException when it lies on a network file system, cannot be written,
   *     or another hub uses it
   */
  static DataFolder open(Path folder) {
    return open(folder, NetworkFileSystems::typeAt);
  }

  /**
   * @param fileSystem the type of the file system that a path lies on
   */
  static DataFolder open(Path folder, Function<Path, Optional<String>> fileSystem) {
    Path path = folder.toAbsolutePath().normalize();
    fileSystem
        .apply(path)
        .filter(NetworkFileSystems::include)
        .ifPresent(type -> refuseNetwork(path, type));
    try {
      Files.createDirectories(path);
      FileChannel channel =
          FileChannel.open(
              path.resolve("hub.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new RecordsUnavailableException(
            "Another hub already uses the data folder " + path + ".",
            "Stop that hub, or give this one its own folder with LINLI_DATA.");
      }
      DataFolder opened = new DataFolder(path, channel);
      opened.sync();
      return opened;
    } catch (IOException e) {
      throw new RecordsUnavailableException(
          "The data folder " + path + " cannot be written (" + reason(e) + ").", CHOOSE_ANOTHER, e);
    }
  }

  private static void refuseNetwork(Path path, String type) {
    throw new RecordsUnavailableException(
        "The data folder "
            + path
            + " lies on a network file system ("
            + type
            + "), where neither locks nor what is on disk can be relied on.",
        "Set LINLI_DATA to a folder on a disk of this machine.");
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }

  /** An absolute path. */
  public Path path() {
    return path;
  }

  /** A path below the folder. */
  public Path resolve(String name) {
    return path.resolve(name);
  }

  /** Makes names that were added to the folder survive a power cut. */
  public void sync() throws IOException {
    try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  /** Lets another hub use the folder. */
  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
