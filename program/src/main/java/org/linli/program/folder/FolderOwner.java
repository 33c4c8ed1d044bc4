package org.linli.program.folder;

import java.util.Set;

/**
 * The program that a data folder belongs to.
 *
 * @param program the program's name for people, such as {@code hub}
 * @param lockFile the file in the folder that is locked while the program runs
 * @param names what the program creates in the folder; each also covers names that continue it
 *     after a dot or a hyphen, such as {@code hub.db-wal} for {@code hub}
 */
public record FolderOwner(String program, String lockFile, Set<String> names) {

  /** Present in the root folder of a file system. */
  private static final String OF_THE_FILE_SYSTEM = "lost+found";

  public FolderOwner {
    names = Set.copyOf(names);
  }

  /** Whether this name is one that the program creates, or that the file system does. */
  public boolean makes(String name) {
    return name.equals(OF_THE_FILE_SYSTEM)
        || names.stream()
            .anyMatch(
                own ->
                    name.equals(own) || name.startsWith(own + ".") || name.startsWith(own + "-"));
  }
}
