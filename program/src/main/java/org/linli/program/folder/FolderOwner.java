package org.linli.program.folder;

import java.util.Set;

/**
 * The program that a data folder belongs to.
 *
 * @param program as people call it, such as {@code hub}
 * @param lockFile the file in the folder that is locked while the program runs
 * @param names what the program makes in the folder; each also stands for the names that go on from
 *     it behind a dot or a hyphen, such as {@code hub.db-wal} from {@code hub}
 */
public record FolderOwner(String program, String lockFile, Set<String> names) {

  /** The root of a file system of its own has it. */
  private static final String OF_THE_FILE_SYSTEM = "lost+found";

  public FolderOwner {
    names = Set.copyOf(names);
  }

  /** Whether something of this name belongs into the folder. */
  public boolean makes(String name) {
    return name.equals(OF_THE_FILE_SYSTEM)
        || names.stream()
            .anyMatch(
                own ->
                    name.equals(own) || name.startsWith(own + ".") || name.startsWith(own + "-"));
  }
}
