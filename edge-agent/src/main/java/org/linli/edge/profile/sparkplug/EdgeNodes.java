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
 * The births of edge nodes: the name and type of each alias, and the node's devices. It also holds
 * the number of the last message of each node, with or without a birth. Beyond the heap share of
 * births, the node that has been silent longest is forgotten; its aliases are then unknown until
 * its next birth. Numbers have a share of their own, so that data of nodes without a birth evict no
 * birth. Thread-safe.
 */
final class EdgeNodes {

  /** The births' part of the share; numbers have the rest. */
  private static final double OF_BIRTHS = 0.75;

  /** Bytes of a node's objects, with empty tables. */
  private static final int NODE_BYTES = 400;

  /** Bytes of an entry in one of a node's tables, beside its texts. */
  private static final int ENTRY_BYTES = 128;

  private static final int NUMBER_BYTES = 24;
  private static final int NUMBERS = 256;

  private final RecentMap<String, Node> births;
  private final RecentMap<String, Long> numbers;

  EdgeNodes() {
    this(HeapShare.BIRTHS.bytes());
  }

  /**
   * @param mostBytes limit of everything together
   */
  EdgeNodes(long mostBytes) {
    long ofBirths = (long) (mostBytes * OF_BIRTHS);
    births = new RecentMap<>(ofBirths, (name, node) -> RecentMap.bytes(name) + node.bytes);
    numbers =
        new RecentMap<>(
            mostBytes - ofBirths, (name, number) -> RecentMap.bytes(name) + NUMBER_BYTES);
  }

  /** The name and type of an alias. */
  record Named(String name, int type) {}

  /** A report that a node's devices are offline; it holds as long as it is kept or may be. */
  static final class Death {
    private volatile boolean withdrawn;

    boolean holds() {
      return !withdrawn;
    }
  }

  /**
   * The result of a node's death.
   *
   * @param devices the devices to report offline now
   * @param death the report about them; null if there are none
   * @param before the previous report; null if there was none
   */
  record Died(List<String> devices, @Nullable Death death, @Nullable Death before) {}

  /** Its size may change only while it is in no {@link RecentMap}. */
  private static final class Node {
    private final Map<Long, Named> byAlias = new HashMap<>();
    private final Map<String, Integer> types = new HashMap<>();

    /** Devices that were born since they were last reported offline. */
    private final Set<String> devices;

    private @Nullable Long session;
    private @Nullable Death death;
    private long bytes;
    private long bytesOfDevices;

    Node(@Nullable Long session) {
      this.session = session;
      this.devices = new LinkedHashSet<>();
      this.bytes = NODE_BYTES;
    }

    /** The same node after another birth, with the same devices. */
    Node(@Nullable Long session, Node before) {
      this.session = session;
      this.devices = before.devices;
      this.death = before.death;
      this.bytes = NODE_BYTES + before.bytesOfDevices;
      this.bytesOfDevices = before.bytesOfDevices;
    }

    boolean has(String device) {
      boolean isNew = devices.add(device);
      if (isNew) {
        count(ENTRY_BYTES + RecentMap.bytes(device));
      }
      return isNew;
    }

    void hasNot(String device) {
      if (devices.remove(device)) {
        count(-ENTRY_BYTES - RecentMap.bytes(device));
      }
    }

    /** Removes and returns the devices that were born first. */
    List<String> take(int most) {
      List<String> taken = devices.stream().limit(most).toList();
      taken.forEach(this::hasNot);
      return taken;
    }

    private void count(long some) {
      bytes += some;
      bytesOfDevices += some;
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

  /** Whether anything is known about a node beside its numbers. */
  synchronized boolean knows(String node) {
    return births.get(node) != null;
  }

  /**
   * Records what was known about a node before a restart, or before it was forgotten.
   *
   * @param session its number; null if that is not known
   */
  synchronized void recall(String node, @Nullable Long session, List<String> devices) {
    if (births.get(node) == null) {
      Node of = new Node(session);
      devices.forEach(of::has);
      births.put(node, of);
    }
  }

  /**
   * A node was born. Everything known about it is replaced, except its devices.
   *
   * @param session its number; null if it gave none
   */
  synchronized void born(String node, List<Metric> metrics, @Nullable Long session) {
    Node before = births.remove(node);
    Node born = before == null ? new Node(session) : new Node(session, before);
    born.learn("", metrics);
    births.put(node, born);
  }

  /**
   * The birth of a node could not be kept. Its session is then unknown, so that no death counts as
   * one of an earlier session. Its metrics stay known, because the node uses their aliases anyway.
   */
  synchronized void notBorn(String node) {
    Node of = births.get(node);
    if (of != null) {
      of.session = null;
    }
  }

  /**
   * A device of a node was born.
   *
   * @return whether it was not there before
   */
  synchronized boolean deviceBorn(String node, String device, List<Metric> metrics) {
    Node before = births.remove(node);
    Node of = before == null ? new Node(null) : before;
    boolean isNew = of.has(device);
    of.learn(device, metrics);
    births.put(node, of);
    return isNew;
  }

  /** The birth of a device could not be kept. */
  synchronized void deviceNotBorn(String node, String device) {
    Node of = births.remove(node);
    if (of != null) {
      of.hasNot(device);
      births.put(node, of);
    }
  }

  private static String typed(String device, String name) {
    return device + "\n" + name;
  }

  /** The name and type of an alias; null before a birth defines it. */
  synchronized @Nullable Named named(String node, long alias) {
    Node of = births.get(node);
    return of == null ? null : of.byAlias.get(alias);
  }

  /** The type that a metric without an alias had at the birth; 0 if it is not known. */
  synchronized int type(String node, String device, String name) {
    Node of = births.get(node);
    return of == null ? 0 : of.types.getOrDefault(typed(device, name), 0);
  }

  /**
   * A node died. The devices that were born since its last death are offline with it. They are
   * reported again only after another birth.
   *
   * @param most how many devices are reported at once; the rest is reported at the next death
   */
  synchronized Died died(String node, int most) {
    Node of = births.get(node);
    if (of == null) {
      return new Died(List.of(), null, null);
    }
    Death before = of.death;
    if (of.devices.isEmpty()) {
      return new Died(List.of(), null, before);
    }
    births.remove(node);
    Death death = new Death();
    of.death = death;
    Died died = new Died(of.take(most), death, before);
    births.put(node, of);
    return died;
  }

  /** The report of a death could not be kept and has to be repeated. */
  synchronized void notDied(String node, Died died) {
    Death death = died.death();
    if (death == null) {
      return;
    }
    death.withdrawn = true;
    Node known = births.remove(node);
    Node of = known == null ? new Node(null) : known;
    died.devices().forEach(of::has);
    births.put(node, of);
  }

  /** Whether a death belongs to another session than the last birth (section 6.4.19, bdSeq). */
  synchronized boolean isStale(String node, @Nullable Long session) {
    Node of = births.get(node);
    return of != null && of.session != null && session != null && !of.session.equals(session);
  }

  /**
   * Records the number of a message.
   *
   * @return the number that was expected; empty if it came, if the last number was repeated, or if
   *     none was known
   */
  synchronized OptionalLong expected(String node, long sequence) {
    Long before = numbers.put(node, sequence);
    if (before == null || before == sequence) {
      return OptionalLong.empty();
    }
    long expected = (before + 1) % NUMBERS;
    return expected == sequence ? OptionalLong.empty() : OptionalLong.of(expected);
  }

  /** Removes the number of the last message, after a death or after a message that was not kept. */
  synchronized void restart(String node) {
    numbers.remove(node);
  }

  /** Number of entries: births and numbers. */
  synchronized int size() {
    return births.size() + numbers.size();
  }
}
