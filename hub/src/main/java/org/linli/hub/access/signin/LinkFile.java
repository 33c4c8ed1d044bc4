package org.linli.hub.access.signin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.linli.program.folder.DataFolder;
import org.linli.program.folder.OwnerOnly;
import org.springframework.stereotype.Component;

/**
 * The file {@value #NAME} in the data folder: the one-time link for a person who cannot see the
 * console, readable by the hub's own user only.
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
          OwnerOnly.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
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
}
