package org.linli.program.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes other users' access to a data folder that an earlier version or a person created. Files
 * that are not the program's own stay unchanged, and a folder that contains such files stays
 * accessible, because others may need them.
 */
final class Narrowing {

  private static final Logger log = LoggerFactory.getLogger(Narrowing.class);

  private static final Set<PosixFilePermission> OWNERS =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Path folder;
  private final FolderOwner owner;
  private int changed;

  private Narrowing(Path folder, FolderOwner owner) {
    this.folder = folder;
    this.owner = owner;
  }

  /** Logs in at most one line each what was changed and what could not be changed. */
  static void narrow(Path folder, FolderOwner owner) {
    if (!OwnerOnly.hasPermissions(folder)) {
      log.atInfo()
          .addKeyValue("folder", folder)
          .log("This file system keeps no permissions; who may read the data folder is up to it");
      return;
    }
    try {
      new Narrowing(folder, owner).narrow();
    } catch (IOException refused) {
      log.atWarn()
          .addKeyValue("folder", folder)
          .addKeyValue("why", refused.toString())
          .log(
              "Others may look into the data folder, and this user cannot change that; let its"
                  + " owner take their rights away (chmod -R go= on the folder)");
    }
  }

  private void narrow() throws IOException {
    List<Path> entries = entries(folder);
    List<Path> foreign = entries.stream().filter(entry -> !isOwn(entry)).toList();
    if (foreign.isEmpty()) {
      // A symbolic link in place of the folder is followed on purpose.
      take(folder.toRealPath());
    } else if (isOpen(folder.toRealPath())) {
      log.atWarn()
          .addKeyValue("folder", folder)
          .addKeyValue("holds", foreign.getFirst().getFileName())
          .log(
              "The data folder holds what the {} did not make, so others may still look into it;"
                  + " what the {} writes is for its own user only. Give it a folder of its own"
                  + " (LINLI_DATA)",
              owner.program(),
              owner.program());
    }
    for (Path entry : entries) {
      if (isOwn(entry)) {
        takeAll(entry);
      }
    }
    if (changed > 0) {
      log.atInfo()
          .addKeyValue("folder", folder)
          .addKeyValue("changed", changed)
          .log("Others could look into the data folder; now only its own user can");
    }
  }

  private boolean isOwn(Path entry) {
    return owner.makes(String.valueOf(entry.getFileName()));
  }

  /** Handles the content first, so that a closed folder needs no second pass. */
  private void takeAll(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && isOpen(path)) {
      for (Path entry : entries(path)) {
        takeAll(entry);
      }
    }
    take(path);
  }

  private void take(Path path) throws IOException {
    if (Files.isSymbolicLink(path) || !isOpen(path)) {
      return;
    }
    Set<PosixFilePermission> left = permissions(path);
    left.retainAll(OWNERS);
    Files.setPosixFilePermissions(path, left);
    if (isOpen(path)) {
      throw new IOException(path + " keeps its permissions whatever they are set to");
    }
    changed++;
  }

  private static boolean isOpen(Path path) throws IOException {
    return !OWNERS.containsAll(permissions(path));
  }

  private static Set<PosixFilePermission> permissions(Path path) throws IOException {
    Set<PosixFilePermission> found = EnumSet.noneOf(PosixFilePermission.class);
    found.addAll(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    return found;
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }
}
