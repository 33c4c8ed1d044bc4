package org.linli.hub.records.keeping;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the file of a backup, and believes nothing of it that its manifest does not prove. */
final class BackupReader implements AutoCloseable {

  private static final int BUFFER = 1 << 16;

  /** A manifest has less than a kilobyte. */
  private static final int MOST_OF_MANIFEST = 1 << 16;

  private final Path file;
  private final ZipFile zip;
  private final Manifest manifest;

  private BackupReader(Path file, ZipFile zip, Manifest manifest) {
    this.file = file;
    this.zip = zip;
    this.manifest = manifest;
  }

  static BackupReader open(Path file) throws IOException, KeepingException {
    if (!Files.isRegularFile(file)) {
      throw new KeepingException("backup-missing", file);
    }
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw new KeepingException("backup-torn", file);
    }
    try {
      return new BackupReader(file, zip, manifest(file, zip));
    } catch (IOException | KeepingException e) {
      zip.close();
      throw e;
    }
  }

  private static Manifest manifest(Path file, ZipFile zip) throws IOException, KeepingException {
    try {
      ZipEntry entry = zip.getEntry(Manifest.NAME);
      if (entry == null) {
        throw new KeepingException("backup-foreign", file);
      }
      JsonNode read;
      try (InputStream in = zip.getInputStream(entry)) {
        read = JsonMapper.shared().readTree(in.readNBytes(MOST_OF_MANIFEST));
      }
      if (read.path("format").asInt(0) > Manifest.FORMAT) {
        throw new KeepingException("backup-newer", file, read.path("program").asString(""));
      }
      return JsonMapper.shared().treeToValue(read, Manifest.class);
    } catch (JacksonException | ZipException e) {
      throw new KeepingException("backup-torn", file);
    }
  }

  Manifest manifest() {
    return manifest;
  }

  /** Reads every member and compares it with the manifest. */
  void check(Progress progress) throws IOException, KeepingException {
    for (Manifest.Member member : members()) {
      read(member, OutputStream.nullOutputStream(), progress);
    }
  }

  /** Writes a member, which must be as the manifest says. */
  void extract(OutputStream to, Progress progress) throws IOException, KeepingException {
    read(members().getFirst(), to, progress);
  }

  private List<Manifest.Member> members() throws KeepingException {
    @Nullable List<Manifest.Member> members = manifest.members();
    if (members == null || members.size() != 1) {
      throw new KeepingException("backup-torn", file);
    }
    return members;
  }

  private void read(Manifest.Member member, OutputStream to, Progress progress)
      throws IOException, KeepingException {
    ZipEntry entry = zip.getEntry(member.name());
    if (entry == null) {
      throw new KeepingException("backup-torn", file);
    }
    MessageDigest digest = Digests.sha256();
    long size = 0;
    try (DigestInputStream in = new DigestInputStream(zip.getInputStream(entry), digest)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = next(in, buffer); read >= 0; read = next(in, buffer)) {
        to.write(buffer, 0, read);
        size += read;
        progress.at(member.name(), size, member.size());
      }
    }
    if (size != member.size()
        || !HexFormat.of().formatHex(digest.digest()).equals(member.sha256())) {
      throw new KeepingException("backup-changed", file, member.name());
    }
  }

  private int next(InputStream in, byte[] buffer) throws IOException, KeepingException {
    try {
      return in.read(buffer);
    } catch (ZipException e) {
      throw new KeepingException("backup-torn", file);
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
