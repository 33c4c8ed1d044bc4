package org.linli.program.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/**
 * Creates files and folders that only the user of this program may read or write (0600, 0700), from
 * the moment they exist. On a file system without POSIX permissions they get what the file system
 * gives.
 */
public final class OwnerOnly {

  private static final FileAttribute<?> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<?>[] NONE = {};

  private OwnerOnly() {}

  static boolean hasPermissions(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static FileAttribute<?>[] where(Path path, FileAttribute<?> permissions) {
    return hasPermissions(path) ? new FileAttribute<?>[] {permissions} : NONE;
  }

  /** Creates a folder and its missing parents. */
  public static void makeFolder(Path folder) throws IOException {
    Files.createDirectories(folder, where(folder, FOLDER));
  }

  /** Creates an empty file unless it exists. */
  public static void create(Path file) throws IOException {
    try {
      Files.createFile(file, where(file, FILE));
    } catch (FileAlreadyExistsException keptAsItIs) {
      // Opening the file will show what it is.
    }
  }

  /** Opens a file as {@link FileChannel#open(Path, OpenOption...)} does. */
  public static FileChannel open(Path file, OpenOption... options) throws IOException {
    return FileChannel.open(file, Set.of(options), where(file, FILE));
  }

  /**
   * Replaces a file atomically; the new content and name are on disk when this returns. For one
   * thread at a time: the new file is first written beside the old one as {@code NAME.new}.
   */
  public static void replace(Path file, byte[] content) throws IOException {
    Path made = Path.of(file + ".new");
    write(made, content);
    Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    sync(Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder"));
  }

  /** Writes a whole file; when this returns, its content is on disk, but its name may not be. */
  public static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** Makes a file's content, or the names in a folder, survive a power cut. */
  public static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
