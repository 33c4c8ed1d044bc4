package org.linli.program.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * File systems that lie on another machine. SQLite cannot keep its write-ahead log there ("WAL does
 * not work over a network filesystem", sqlite.org/wal.html), a lock may hold on one machine only,
 * and data that fsync reported as durable may be lost with the other machine's memory.
 */
final class NetworkFileSystems {

  private static final Set<String> TYPES =
      Set.of(
          "9p",
          "acfs",
          "afpfs",
          "afs",
          "beegfs",
          "ceph",
          "cifs",
          "coda",
          "davfs",
          "glusterfs",
          "gpfs",
          "lustre",
          "ncpfs",
          "nfs",
          "nfs3",
          "nfs4",
          "orangefs",
          "pvfs2",
          "smb2",
          "smb3",
          "smbfs",
          "webdav");

  /** Network file systems among those that use FUSE, most of which are local. */
  private static final Set<String> THROUGH_FUSE =
      Set.of(
          "ceph",
          "ceph-fuse",
          "curlftpfs",
          "davfs",
          "davfs2",
          "gcsfuse",
          "glusterfs",
          "goofys",
          "juicefs",
          "nfs",
          "rclone",
          "s3fs",
          "seaweedfs",
          "smbnetfs",
          "sshfs");

  private static final String FUSE = "fuse.";

  private NetworkFileSystems() {}

  /** Whether this type, as returned by {@code FileStore.type()}, is a network file system. */
  static boolean include(String type) {
    String name = type.toLowerCase(Locale.ROOT);
    return name.startsWith(FUSE)
        ? THROUGH_FUSE.contains(name.substring(FUSE.length()))
        : TYPES.contains(name);
  }

  /**
   * The type of the file system that a path lies on, or would lie on if it existed; empty when the
   * operating system does not say.
   */
  static Optional<String> typeAt(Path path) {
    Path existing = path.toAbsolutePath();
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    try {
      return Optional.of(Files.getFileStore(existing).type());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
