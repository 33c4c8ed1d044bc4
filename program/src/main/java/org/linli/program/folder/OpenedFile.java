package org.linli.program.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that the program has open, and whether its name still leads to it. A file that was deleted
 * or replaced still accepts writes while the program runs, and all of it is lost when the program
 * ends. A check costs one look-up in the folder. Thread-safe.
 */
public final class OpenedFile {

  private final Path path;

  /** Null when the file system has no file keys. */
  private final @Nullable Object key;

  /**
   * @param path of a file that is open already and stays open: until it is closed, the file system
   *     gives its number to no other file
   * @throws IOException when there is no such file, or the file system cannot be read
   */
  public OpenedFile(Path path) throws IOException {
    this.path = path;
    this.key = keyOf(path);
  }

  private static @Nullable Object keyOf(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  public Path path() {
    return path;
  }

  /**
   * Whether the path still leads to the same file.
   *
   * @return true also when the file system cannot be read: a failing disk shows when it is written
   */
  public boolean isStillThere() {
    try {
      return Objects.equals(key, keyOf(path));
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
