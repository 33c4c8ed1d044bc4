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
 * or replaced takes whatever is written for as long as the program runs, and all of it is lost with
 * the end. Asking costs one look at the folder. Safe for any thread.
 */
public final class OpenedFile {

  private final Path path;

  /** Null where the file system has none. */
  private final @Nullable Object key;

  /**
   * @param path of a file that is open already and stays open: until it is closed the file system
   *     gives its number to no other
   * @throws IOException when there is none, or the file system does not say
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
   * Whether the path leads to the same file as at first.
   *
   * @return true also where the file system does not say: a disk that fails says so when it is
   *     written
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
