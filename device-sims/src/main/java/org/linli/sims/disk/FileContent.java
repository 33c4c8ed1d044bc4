package org.linli.sims.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A file's content: the durable bytes in a real file, and in memory the pages written since the
 * last sync. Not thread-safe.
 */
final class FileContent implements AutoCloseable {

  static final int PAGE = 4096;
  private static final int SECTOR = 512;

  private final Path stored;
  private final FileChannel channel;
  private final TreeMap<Long, byte[]> pages = new TreeMap<>();

  /** Those of {@link #pages} that the next sync writes. */
  private final Set<Long> dirty = new HashSet<>();

  private long size;

  /**
   * The stored bytes are valid up to here; the file was truncated to this size since the last sync.
   */
  private long valid;

  /**
   * @param stored created when it is missing
   */
  FileContent(Path stored) {
    this.stored = stored;
    try {
      channel =
          FileChannel.open(
              stored, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      size = channel.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    valid = size;
  }

  Path stored() {
    return stored;
  }

  long size() {
    return size;
  }

  boolean isSynced() {
    return pages.isEmpty() && valid == storedSize() && size == valid;
  }

  int read(ByteBuffer into, long offset) {
    int length = (int) Math.clamp(size - offset, 0, into.remaining());
    for (int done = 0; done < length; ) {
      long at = offset + done;
      int within = (int) (at % PAGE);
      int piece = Math.min(PAGE - within, length - done);
      byte[] page = pages.get(at / PAGE);
      into.put(page == null ? load(at / PAGE) : page, within, piece);
      done += piece;
    }
    return length;
  }

  int write(ByteBuffer from, long offset) {
    int length = from.remaining();
    for (int done = 0; done < length; ) {
      long at = offset + done;
      int within = (int) (at % PAGE);
      int piece = Math.min(PAGE - within, length - done);
      from.get(pages.computeIfAbsent(at / PAGE, this::load), within, piece);
      dirty.add(at / PAGE);
      done += piece;
    }
    size = Math.max(size, offset + length);
    return length;
  }

  void truncate(long to) {
    if (to < size) {
      long last = to / PAGE;
      pages.tailMap(last, to % PAGE == 0).clear();
      dirty.removeIf(page -> !pages.containsKey(page));
      byte[] cut = pages.get(last);
      if (cut != null) {
        Arrays.fill(cut, (int) (to % PAGE), PAGE, (byte) 0);
      }
      valid = Math.min(valid, to);
    }
    size = to;
  }

  /** Makes the content durable. */
  void sync() {
    try {
      if (valid < channel.size()) {
        channel.truncate(valid);
      }
      for (long page : dirty) {
        int length = (int) Math.min(PAGE, size - page * PAGE);
        store(ByteBuffer.wrap(pages.get(page), 0, length), page * PAGE);
      }
      if (channel.size() < size) {
        store(ByteBuffer.allocate(1), size - 1);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    pages.keySet().removeAll(dirty);
    dirty.clear();
    valid = size;
  }

  /**
   * Fails as Linux does: the pages are still readable and count as written, but are not on the
   * disk.
   */
  void failToSync() {
    dirty.clear();
  }

  /** Cuts the power and restores it. */
  void cut(Survival survival, RandomGenerator random) {
    try {
      if (survival.tornPages()) {
        for (Map.Entry<Long, byte[]> page : pages.entrySet()) {
          if (dirty.contains(page.getKey()) && random.nextBoolean()) {
            survive(page.getKey(), page.getValue(), survival.flippedBits(), random);
          }
        }
      }
      size = channel.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    pages.clear();
    dirty.clear();
    valid = size;
  }

  private void survive(long page, byte[] bytes, boolean mayFlip, RandomGenerator random)
      throws IOException {
    int sectors = random.nextBoolean() ? PAGE / SECTOR : random.nextInt(1, PAGE / SECTOR);
    int length = (int) Math.min((long) sectors * SECTOR, size - page * PAGE);
    byte[] written = Arrays.copyOf(bytes, length);
    if (mayFlip && random.nextBoolean()) {
      flip(written, load(page), random);
    }
    store(ByteBuffer.wrap(written), page * PAGE);
  }

  /** Flips a bit only in new data: synced data does not change. */
  private static void flip(byte[] written, byte[] before, RandomGenerator random) {
    int from = random.nextInt(written.length);
    for (int i = 0; i < written.length; i++) {
      int at = (from + i) % written.length;
      if (written[at] != before[at]) {
        written[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        return;
      }
    }
  }

  private byte[] load(long page) {
    byte[] bytes = new byte[PAGE];
    long start = page * PAGE;
    try {
      ByteBuffer into = ByteBuffer.wrap(bytes, 0, (int) Math.clamp(valid - start, 0, PAGE));
      while (into.hasRemaining() && channel.read(into, start + into.position()) > 0) {
        // Reads until the page is complete.
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes;
  }

  private void store(ByteBuffer bytes, long at) throws IOException {
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  private long storedSize() {
    try {
      return channel.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closes the file and frees its space. */
  void delete() {
    close();
    try {
      Files.deleteIfExists(stored);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
