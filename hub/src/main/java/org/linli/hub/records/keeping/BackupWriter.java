package org.linli.hub.records.keeping;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.linli.program.folder.OwnerOnly;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the file of a backup: a ZIP, at first as {@code FILE.part}. It gets its name once it is on
 * disk whole; until then, and if anything fails, there is nothing at that name.
 */
final class BackupWriter implements AutoCloseable {

  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final Path part;
  private final FileChannel channel;
  private final ZipOutputStream zip;

  private BackupWriter(Path file, Path part, FileChannel channel) {
    this.file = file;
    this.part = part;
    this.channel = channel;
    this.zip = new ZipOutputStream(Channels.newOutputStream(channel));
    zip.setLevel(Deflater.BEST_SPEED);
  }

  /** Begins it; what an earlier one that did not end has left is overwritten. */
  static BackupWriter begin(Path file) throws IOException, KeepingException {
    if (Files.exists(file)) {
      throw new KeepingException("backup-exists", file);
    }
    Path part = Path.of(file + ".part");
    FileChannel channel = OwnerOnly.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      throw new KeepingException("backup-running", part);
    }
    channel.truncate(0);
    return new BackupWriter(file, part, channel);
  }

  /** A name for a file that is needed on the way and removed by {@link #close}. */
  Path beside() {
    return Path.of(part + ".db");
  }

  Manifest.Member add(String name, InputStream content, LongConsumer progress) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    MessageDigest digest = Digests.sha256();
    long size = 0;
    byte[] buffer = new byte[BUFFER];
    for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
      digest.update(buffer, 0, read);
      zip.write(buffer, 0, read);
      size += read;
      progress.accept(size);
    }
    zip.closeEntry();
    return new Manifest.Member(name, size, HexFormat.of().formatHex(digest.digest()));
  }

  /** Adds the manifest, and gives the file its name. */
  void end(Manifest manifest) throws IOException, KeepingException {
    zip.putNextEntry(new ZipEntry(Manifest.NAME));
    zip.write(JsonMapper.shared().writeValueAsBytes(manifest));
    zip.closeEntry();
    zip.finish();
    channel.force(true);
    if (Files.exists(file)) {
      throw new KeepingException("backup-exists", file);
    }
    Files.move(part, file);
    OwnerOnly.sync(
        Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder"));
  }

  /** Removes what has no name yet. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(part);
    for (String suffix : new String[] {"", "-journal", "-wal", "-shm"}) {
      Files.deleteIfExists(Path.of(beside() + suffix));
    }
  }
}
