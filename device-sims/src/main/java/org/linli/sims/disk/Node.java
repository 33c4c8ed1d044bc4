package org.linli.sims.disk;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** A file or a directory. */
abstract sealed class Node {

  private final long number;
  private int mode;
  private Instant changed;

  private Node(long number, int mode, Instant changed) {
    this.number = number;
    this.mode = mode;
    this.changed = changed;
  }

  long number() {
    return number;
  }

  /** Permissions only, as in chmod(2). */
  int mode() {
    return mode;
  }

  void mode(int to) {
    mode = to;
  }

  Instant changed() {
    return changed;
  }

  void changed(Instant at) {
    changed = at;
  }

  static final class File extends Node {
    private final FileContent content;

    File(long number, int mode, Instant changed, FileContent content) {
      super(number, mode, changed);
      this.content = content;
    }

    FileContent content() {
      return content;
    }
  }

  static final class Directory extends Node {

    /** The prefix by which libfuse names a file that was deleted while open. */
    private static final String DELETED = ".fuse_hidden";

    private final TreeMap<String, Node> names = new TreeMap<>();
    private Map<String, Node> synced = new HashMap<>();

    Directory(long number, int mode, Instant changed) {
      super(number, mode, changed);
    }

    /** The names as programs see them; may be changed. */
    TreeMap<String, Node> names() {
      return names;
    }

    boolean isSynced() {
      return synced.equals(lasting());
    }

    void sync() {
      synced = lasting();
    }

    private Map<String, Node> lasting() {
      Map<String, Node> lasting = new HashMap<>(names);
      lasting.keySet().removeIf(name -> name.startsWith(DELETED));
      return lasting;
    }

    /** Syncs this directory and everything below. */
    void syncAll() {
      sync();
      names.values().stream()
          .filter(Directory.class::isInstance)
          .forEach(inside -> ((Directory) inside).syncAll());
    }

    /** The nodes that it names now, and those that it would name after a cut. */
    Stream<Node> everNamed() {
      return Stream.concat(names.values().stream(), synced.values().stream());
    }

    /** Cuts the power and restores it. */
    void cut(Survival survival, RandomGenerator random) {
      if (survival.tornPages() && random.nextBoolean()) {
        sync();
      }
      names.clear();
      names.putAll(synced);
    }
  }
}
