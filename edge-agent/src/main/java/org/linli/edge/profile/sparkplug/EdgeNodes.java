package org.linli.edge.profile.sparkplug;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linli.edge.memory.HeapShare;
import org.linli.program.memory.RecentMap;

/**
 * What edge nodes said at their births: which name and type an alias stands for, which devices
 * there are; and the number of the last message of each node, born or not. Thread-safe. Once births
 * pass their share of the heap, the node that has been silent longest is forgotten, whose aliases
 * are then unknown until its next birth. Numbers have a share of their own, so that data of nodes
 * that were never born push out no birth.
 */
final class EdgeNodes {

  /** The part of the share that births have; numbers have the rest. */
  private static final double OF_BIRTHS = 0.75;

  /** A node's objects, with empty tables. */
  private static final int NODE_BYTES = 400;

  /** An entry of one of a node's tables beside its texts, with its place in the table. */
  private static final int ENTRY_BYTES = 128;

  private static final int NUMBER_BYTES = 24;
  private static final int NUMBERS = 256;

  private final RecentMap<String, Node> births;
  private final RecentMap<String, Long> numbers;

  EdgeNodes() {
    this(HeapShare.BIRTHS.bytes());
  }

  /**
   * @param mostBytes what everything together may take
   */
  EdgeNodes(long mostBytes) {
    long ofBirths = (long) (mostBytes * OF_BIRTHS);
    births = new RecentMap<>(ofBirths, (name, node) -> RecentMap.bytes(name) + node.bytes);
    numbers =
        new RecentMap<>(
            mostBytes - ofBirths, (name, number) -> RecentMap.bytes(name) + NUMBER_BYTES);
  }

  /** What an alias stands for. */
  record Named(String name, int type) {}

  /** Its bytes change only while it is in no {@link RecentMap}. */
  private static final class Node {
    private final Map<Long, Named> byAlias = new HashMap<>();
    private final Map<String, Integer> types = new HashMap<>();
    private final Set<String> devices = new LinkedHashSet<>();
    private final @Nullable Long session;
    private long bytes = NODE_BYTES;

    Node(@Nullable Long session) {
      this.session = session;
    }

    void has(String device) {
      if (devices.add(device)) {
        bytes += ENTRY_BYTES + RecentMap.bytes(device);
      }
    }

    void learn(String device, List<Metric> metrics) {
      for (Metric metric : metrics) {
        String name = metric.name();
        if (name == null || name.isEmpty()) {
          continue;
        }
        Long alias = metric.alias();
        if (alias != null) {
          Named before = byAlias.put(alias, new Named(name, metric.type()));
          bytes += RecentMap.bytes(name);
          bytes += before == null ? ENTRY_BYTES : -RecentMap.bytes(before.name());
        } else {
          String typed = typed(device, name);
          if (types.put(typed, metric.type()) == null) {
            bytes += ENTRY_BYTES + RecentMap.bytes(typed);
          }
        }
      }
    }
  }

  /**
   * A node was born: what was known of it before no longer holds, but for its devices.
   *
   * @param session its number; null where it said none
   */
  synchronized void born(String node, List<Metric> metrics, @Nullable Long session) {
    Node before = births.remove(node);
    Node born = new Node(session);
    if (before != null) {
      before.devices.forEach(born::has);
    }
    born.learn("", metrics);
    births.put(node, born);
  }

  /** A device of a node was born. */
  synchronized void deviceBorn(String node, String device, List<Metric> metrics) {
    Node before = births.remove(node);
    Node of = before == null ? new Node(null) : before;
    of.has(device);
    of.learn(device, metrics);
    births.put(node, of);
  }

  private static String typed(String device, String name) {
    return device + "\n" + name;
  }

  /** What an alias stands for; null before the birth that says it. */
  synchronized @Nullable Named named(String node, long alias) {
    Node of = births.get(node);
    return of == null ? null : of.byAlias.get(alias);
  }

  /** The type that a metric without an alias was born with; 0 where that is not known. */
  synchronized int type(String node, String device, String name) {
    Node of = births.get(node);
    return of == null ? 0 : of.types.getOrDefault(typed(device, name), 0);
  }

  /** The devices that were born at a node. */
  synchronized List<String> devices(String node) {
    Node of = births.get(node);
    return of == null ? List.of() : List.copyOf(of.devices);
  }

  /** Whether a death is of another session than the last birth (section 6.4.19, bdSeq). */
  synchronized boolean isStale(String node, @Nullable Long session) {
    Node of = births.get(node);
    return of != null && of.session != null && session != null && !of.session.equals(session);
  }

  /**
   * Notes the number of a message.
   *
   * @return the number that should have come; empty where it did come, or came again, or none was
   *     known
   */
  synchronized OptionalLong expected(String node, long sequence) {
    Long before = numbers.put(node, sequence);
    if (before == null || before == sequence) {
      return OptionalLong.empty();
    }
    long expected = (before + 1) % NUMBERS;
    return expected == sequence ? OptionalLong.empty() : OptionalLong.of(expected);
  }

  /** Forgets the number of the last message, after a death or where a message was not kept. */
  synchronized void restart(String node) {
    numbers.remove(node);
  }

  /** How many nodes something is known of: births, and numbers. */
  synchronized int size() {
    return births.size() + numbers.size();
  }
}
