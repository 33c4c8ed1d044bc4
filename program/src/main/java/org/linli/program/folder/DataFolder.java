package org.linli.program.folder;

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

/**
 * The folder that holds all of a program's state (LINLI_DATA), accessible only to the program's
 * user. One program at a time owns it: the operating system holds a lock on a file in it for as
 * long as the process lives, however the process ends.
 */
public final class DataFolder implements AutoCloseable {

  private static final int PID_DIGITS = 20;

  private final Path path;
  private final FileChannel lockFile;

  private DataFolder(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Creates the folder when it is missing, locks it, and removes the access that other users have
   * to it.
   *
   * @throws DataFolderRefusedException when the folder lies on a network file system, cannot be
   *     created or written, or another such program has it
   */
  public static DataFolder claim(Path folder, FolderOwner owner) {
    return claim(folder, owner, NetworkFileSystems::typeAt);
  }

  /**
   * @param fileSystem returns the type of the file system that a path lies on
   */
  static DataFolder claim(
      Path folder, FolderOwner owner, Function<Path, Optional<String>> fileSystem) {
    Path path = folder.toAbsolutePath().normalize();
    fileSystem
        .apply(path)
        .filter(NetworkFileSystems::include)
        .ifPresent(type -> refuseNetwork(path, type));
    try {
      OwnerOnly.makeFolder(path);
    } catch (IOException e) {
      throw refused(path, "made", e, owner);
    }
    FileChannel lockFile;
    try {
      lockFile =
          OwnerOnly.open(
              path.resolve(owner.lockFile()),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw refused(path, "written", e, owner);
    }
    try {
      if (!lock(lockFile)) {
        String holder = holder(lockFile);
        lockFile.close();
        throw new DataFolderRefusedException(
            "Another %s%s is at work on the data folder %s."
                .formatted(owner.program(), holder, path),
            "Stop that one first, or give this one its own folder with linli.data (LINLI_DATA).");
      }
      lockFile.truncate(0);
      lockFile.write(ascii(Long.toString(ProcessHandle.current().pid())), 0);
    } catch (IOException e) {
      throw refused(path, "locked", e, owner);
    }
    Narrowing.narrow(path, owner);
    return new DataFolder(path, lockFile);
  }

  private static void refuseNetwork(Path path, String type) {
    throw new DataFolderRefusedException(
        "The data folder "
            + path
            + " lies on a network file system ("
            + type
            + "), where neither locks nor what is on disk can be relied on.",
        "Set linli.data (LINLI_DATA) to a folder on a disk of this machine.");
  }

  private static DataFolderRefusedException refused(
      Path path, String what, IOException e, FolderOwner owner) {
    return new DataFolderRefusedException(
        "The data folder %s cannot be %s: %s.".formatted(path, what, reason(e)),
        "Let the user that runs the %s write there, or set linli.data (LINLI_DATA) to another folder."
            .formatted(owner.program()));
  }

  private static boolean lock(FileChannel lockFile) throws IOException {
    try {
      return lockFile.tryLock() != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String holder(FileChannel lockFile) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(PID_DIGITS);
    lockFile.read(pid, 0);
    String digits = new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII);
    return digits.isEmpty() ? "" : " (process " + digits + ")";
  }

  private static String reason(IOException e) {
    return switch (e) {
      case FileAlreadyExistsException exists -> exists.getFile() + " is a file, not a folder";
      case AccessDeniedException denied -> "the user may not write " + denied.getFile();
      case FileSystemException other when other.getReason() != null ->
          String.valueOf(other.getReason());
      default -> e.toString();
    };
  }

  /** The folder as an absolute path. */
  public Path path() {
    return path;
  }

  /** A path below the folder. */
  public Path resolve(String name) {
    return path.resolve(name);
  }

  /** Makes the names of files created here, and of the folder itself, survive a power cut. */
  public void sync() throws IOException {
    OwnerOnly.sync(path);
    Path parent = path.getParent();
    if (parent != null && Files.isReadable(parent)) {
      OwnerOnly.sync(parent);
    }
  }

  /** Releases the folder for another program. */
  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
