package org.linli.edge.outbox.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Function;
import org.linli.event.NetworkFileSystems;

/**
 * The folder with the outbox, held by a lock of the operating system on {@code outbox.lock}, so
 * that two agents never write one outbox. The lock goes with the process, however it ends.
 */
final class DataFolder implements AutoCloseable {

  private static final String CHOOSE_ANOTHER =
      "Let the user that runs the agent write there, or set linli.data (LINLI_DATA) to another"
          + " folder.";

  private final Path path;
  private final FileChannel lockFile;

  private DataFolder(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Makes the folder where it is missing and locks it.
   *
   * @throws OutboxNotOpenedException when it lies on a network file system, cannot be made or
   *     written, or another agent has it
   */
  static DataFolder claim(Path folder) {
    return claim(folder, NetworkFileSystems::typeAt);
  }

  /**
   * @param fileSystem the type of the file system that a path lies on
   */
  static DataFolder claim(Path folder, Function<Path, Optional<String>> fileSystem) {
    Path path = folder.toAbsolutePath().normalize();
    fileSystem
        .apply(path)
        .filter(NetworkFileSystems::include)
        .ifPresent(type -> refuseNetwork(path, type));
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new OutboxNotOpenedException(
          "The data folder " + path + " cannot be made: " + reason(e) + ".", CHOOSE_ANOTHER);
    }
    FileChannel lockFile;
    try {
      lockFile =
          FileChannel.open(
              path.resolve("outbox.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new OutboxNotOpenedException(
          "The data folder " + path + " cannot be written: " + reason(e) + ".", CHOOSE_ANOTHER);
    }
    try {
      if (lock(lockFile)) {
        lockFile.truncate(0);
        lockFile.write(
            ByteBuffer.wrap(
                Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)),
            0);
        return new DataFolder(path, lockFile);
      }
      String holder = holder(lockFile);
      lockFile.close();
      throw new OutboxNotOpenedException(
          "Another agent" + holder + " is at work on the data folder " + path + ".",
          "Stop that one first, or give this one its own folder with linli.data (LINLI_DATA).");
    } catch (IOException e) {
      throw new OutboxNotOpenedException(
          "The data folder " + path + " cannot be locked: " + reason(e) + ".", CHOOSE_ANOTHER);
    }
  }

  private static void refuseNetwork(Path path, String type) {
    throw new OutboxNotOpenedException(
        "The data folder "
            + path
            + " lies on a network file system ("
            + type
            + "), where neither locks nor what is on disk can be relied on.",
        "Set linli.data (LINLI_DATA) to a folder on a disk of this machine.");
  }

  private static boolean lock(FileChannel lockFile) throws IOException {
    try {
      return lockFile.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static String holder(FileChannel lockFile) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(20);
    lockFile.read(pid, 0);
    String digits = new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII);
    return digits.isEmpty() ? "" : " (process " + digits + ")";
  }

  private static String reason(IOException e) {
    return switch (e) {
      case FileAlreadyExistsException exists -> exists.getFile() + " is a file, not a folder";
      case AccessDeniedException denied -> "the user may not write " + denied.getFile();
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> e.toString();
    };
  }

  Path path() {
    return path;
  }

  Path database() {
    return path.resolve("outbox.db");
  }

  /** Makes the names of files made here, and of the folder itself, survive a power cut. */
  void sync() throws IOException {
    syncDirectory(path);
    Path parent = path.getParent();
    if (parent != null && Files.isReadable(parent)) {
      syncDirectory(parent);
    }
  }

  private static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Lets another agent have the folder. */
  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
