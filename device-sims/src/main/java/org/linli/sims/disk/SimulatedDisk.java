package org.linli.sims.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.linli.sims.disk.DiskException.Reason;

/**
 * A file system that tracks what would survive a power cut.
 *
 * <pre>
 *   write ─▶ pages in memory ─ fsync ─▶ stored file      create, rename, unlink ─▶ names ─ fsync of
 *              └─ cut: gone                                the directory ─▶ synced names
 * </pre>
 *
 * It is stricter than most: the fsync of a new file does not make its name durable, only that of
 * the directory does (POSIX asks for no more). Thread-safe; one operation runs at a time.
 */
final class SimulatedDisk implements AutoCloseable {

  private static final int FOLDER_MODE = 0755;
  private static final int FILE_MODE = 0644;
  private static final int SYNCS_BETWEEN_SWEEPS = 100;

  private final Path folder;
  private final Path store;
  private final InstantSource clock;
  private final Random random;
  private final List<Node.File> files = new ArrayList<>();
  private Node.Directory root;
  private int directorySyncs;
  private long lastNumber;
  private boolean powered = true;
  private long room = Long.MAX_VALUE;
  private int oneErrorIn;
  private long errors;
  private long syncs;

  /**
   * @param folder the content of the disk at first and in the end; empty in between
   * @param seed decides what survives a cut and which operations fail
   */
  SimulatedDisk(Path folder, InstantSource clock, long seed) {
    this.folder = folder;
    this.clock = clock;
    this.random = new Random(seed);
    this.store = folder.resolveSibling(folder.getFileName() + ".stored");
    try {
      Files.createDirectories(folder);
      Files.createDirectory(store);
      root = take(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Node.Directory take(Path from) throws IOException {
    Node.Directory directory = new Node.Directory(++lastNumber, FOLDER_MODE, clock.instant());
    List<Path> inside;
    try (Stream<Path> list = Files.list(from)) {
      inside = list.toList();
    }
    for (Path path : inside) {
      Node node;
      if (Files.isDirectory(path)) {
        node = take(path);
        Files.delete(path);
      } else {
        long number = ++lastNumber;
        Path stored = stored(number);
        Files.move(path, stored);
        node = file(number, FILE_MODE, new FileContent(stored));
      }
      directory.names().put(String.valueOf(path.getFileName()), node);
    }
    directory.sync();
    return directory;
  }

  private Node.File file(long number, int mode, FileContent content) {
    Node.File file = new Node.File(number, mode, clock.instant(), content);
    files.add(file);
    return file;
  }

  private Path stored(long number) {
    return store.resolve(Long.toString(number));
  }

  /** Sets how many more bytes all files together may grow by. */
  synchronized void room(long bytes) {
    room = bytes;
  }

  synchronized long room() {
    return room;
  }

  /** Makes one in {@code oneIn} reads, writes and syncs fail with EIO; 0 for none. */
  synchronized void errors(int oneIn) {
    oneErrorIn = oneIn;
  }

  /** How many operations failed with EIO on request. */
  synchronized long errorsMade() {
    return errors;
  }

  /** How often a file was synced. */
  synchronized long syncs() {
    return syncs;
  }

  /** Cuts the power: data that was not synced is lost, and nothing works until {@link #power}. */
  synchronized void cut(Survival survival) {
    powered = false;
    cut(root, survival);
    sweep();
  }

  private void cut(Node node, Survival survival) {
    switch (node) {
      case Node.File file -> file.content().cut(survival, random);
      case Node.Directory directory -> {
        directory.cut(survival, random);
        directory.names().values().forEach(one -> cut(one, survival));
      }
    }
  }

  /** Frees the space of files that no directory names any more, now or after a cut. */
  private void sweep() {
    Set<Node> named = new HashSet<>();
    collect(root, named);
    files.removeIf(
        file -> {
          boolean isGone = !named.contains(file);
          if (isGone) {
            file.content().delete();
          }
          return isGone;
        });
  }

  private static void collect(Node node, Set<Node> into) {
    if (into.add(node) && node instanceof Node.Directory directory) {
      directory.everNamed().forEach(one -> collect(one, into));
    }
  }

  /** Restores the power. */
  synchronized void power() {
    powered = true;
  }

  synchronized Node find(String path) {
    requirePower();
    Node node = root;
    for (String name : path.split("/")) {
      if (!name.isEmpty()) {
        Node next = directory(node).names().get(name);
        if (next == null) {
          throw new DiskException(Reason.NO_ENTRY);
        }
        node = next;
      }
    }
    return node;
  }

  private void requirePower() {
    if (!powered) {
      throw new DiskException(Reason.INPUT_OUTPUT);
    }
  }

  private void mayFail() {
    requirePower();
    if (oneErrorIn > 0 && random.nextInt(oneErrorIn) == 0) {
      errors++;
      throw new DiskException(Reason.INPUT_OUTPUT);
    }
  }

  synchronized long size(Node.File file) {
    return file.content().size();
  }

  private static Node.Directory directory(Node node) {
    if (node instanceof Node.Directory directory) {
      return directory;
    }
    throw new DiskException(Reason.NOT_DIRECTORY);
  }

  private Node.File file(String path) {
    if (find(path) instanceof Node.File file) {
      return file;
    }
    throw new DiskException(Reason.IS_DIRECTORY);
  }

  private Node.Directory parent(String path) {
    return directory(find(path.substring(0, path.lastIndexOf('/'))));
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private void enter(String path, Node node) {
    Node.Directory parent = parent(path);
    if (parent.names().putIfAbsent(name(path), node) != null) {
      throw new DiskException(Reason.EXISTS);
    }
    parent.changed(clock.instant());
  }

  synchronized List<String> list(String path) {
    return List.copyOf(directory(find(path)).names().keySet());
  }

  synchronized void create(String path, int mode) {
    requirePower();
    parent(path);
    long number = ++lastNumber;
    enter(path, file(number, mode, new FileContent(stored(number))));
  }

  synchronized void makeDirectory(String path, int mode) {
    requirePower();
    enter(path, new Node.Directory(++lastNumber, mode, clock.instant()));
  }

  synchronized void unlink(String path) {
    free(file(path).content().size());
    remove(path);
  }

  synchronized void removeDirectory(String path) {
    if (!directory(find(path)).names().isEmpty()) {
      throw new DiskException(Reason.NOT_EMPTY);
    }
    remove(path);
  }

  private void remove(String path) {
    Node.Directory parent = parent(path);
    parent.names().remove(name(path));
    parent.changed(clock.instant());
  }

  synchronized void rename(String from, String to, boolean mayReplace) {
    Node node = find(from);
    Node.Directory target = parent(to);
    Node there = target.names().get(name(to));
    if (there != null && !mayReplace) {
      throw new DiskException(Reason.EXISTS);
    }
    if (there instanceof Node.Directory directory && !directory.names().isEmpty()) {
      throw new DiskException(Reason.NOT_EMPTY);
    }
    remove(from);
    target.names().put(name(to), node);
    target.changed(clock.instant());
  }

  synchronized int read(String path, ByteBuffer into, long offset) {
    mayFail();
    return file(path).content().read(into, offset);
  }

  synchronized int write(String path, ByteBuffer from, long offset) {
    mayFail();
    Node.File file = file(path);
    grow(file, offset + from.remaining());
    file.changed(clock.instant());
    return file.content().write(from, offset);
  }

  synchronized void truncate(String path, long to) {
    Node.File file = file(path);
    grow(file, to);
    free(file.content().size() - to);
    file.changed(clock.instant());
    file.content().truncate(to);
  }

  private void free(long bytes) {
    room = bytes <= 0 || room > Long.MAX_VALUE - bytes ? room : room + bytes;
  }

  private void grow(Node.File file, long to) {
    long more = Math.max(0, to - file.content().size());
    if (more > room) {
      throw new DiskException(Reason.NO_SPACE);
    }
    room -= more;
  }

  synchronized void sync(String path) {
    Node.File file = file(path);
    try {
      mayFail();
    } catch (DiskException e) {
      file.content().failToSync();
      throw e;
    }
    syncs++;
    file.content().sync();
  }

  synchronized void syncDirectory(String path) {
    mayFail();
    directory(find(path)).sync();
    if (++directorySyncs % SYNCS_BETWEEN_SWEEPS == 0) {
      sweep();
    }
  }

  /** Whether the current state of a path would survive a cut. */
  synchronized boolean survives(String path) {
    if (path.equals("/")) {
      return root.isSynced();
    }
    Node.Directory parent = parent(path);
    return parent.isSynced()
        && switch (find(path)) {
          case Node.File file -> file.content().isSynced();
          case Node.Directory directory -> directory.isSynced();
        };
  }

  /** Syncs everything and copies it into the folder. */
  @Override
  public synchronized void close() {
    try {
      root.syncAll();
      sweep();
      lay(root, folder);
      Files.delete(store);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void lay(Node.Directory directory, Path into) throws IOException {
    for (Map.Entry<String, Node> entry : directory.names().entrySet()) {
      Path path = into.resolve(entry.getKey());
      switch (entry.getValue()) {
        case Node.File file -> {
          file.content().sync();
          file.content().close();
          Files.move(file.content().stored(), path);
        }
        case Node.Directory inside -> {
          Files.createDirectory(path);
          lay(inside, path);
        }
      }
    }
  }
}
