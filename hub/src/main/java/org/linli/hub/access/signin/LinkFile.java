package org.linli.hub.access.signin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.linli.hub.records.DataFolder;
import org.springframework.stereotype.Component;

/**
 * The file {@value #NAME} in the data folder: the one-time link for whoever has no console in
 * sight, readable by the hub's own user only.
 */
@Component
class LinkFile {

  static final String NAME = "first-sign-in";

  private final Path file;

  LinkFile(DataFolder folder) {
    this.file = folder.resolve(NAME);
  }

  void write(String link) {
    try {
      Files.deleteIfExists(file);
      try (SeekableByteChannel channel =
          Files.newByteChannel(
              file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
        channel.write(ByteBuffer.wrap((link + "\n").getBytes(StandardCharsets.UTF_8)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the sign-in link cannot be written to " + file, e);
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the used sign-in link cannot be deleted: " + file, e);
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
