package org.linli.edge.profile.sparkplug;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linli.edge.memory.HeapShare;

/**
 * What edge nodes said at their births: which name and type an alias stands for, which devices
 * there are, and the number of the last message. Thread-safe. Once all names together pass their
 * share of the heap, the node that has been silent longest is forgotten, whose aliases are then
 * unknown until its next birth.
 */
final class EdgeNodes {

  /** Of two bytes each. */
  private static final long MOST_CHARACTERS = HeapShare.BIRTHS.bytes() / 2;

  private static final int WEIGHT = 64;
  private static final int NUMBERS = 256;

  private final Map<String, Node> nodes = new LinkedHashMap<>(16, 0.75f, true);
  private long characters;

  /** What an alias stands for. */
  record Named(String name, int type) {}

  private static final class Node {
    private final Map<Long, Named> byAlias = new HashMap<>();
    private final Map<String, Integer> types = new HashMap<>();
    private final Set<String> devices = new LinkedHashSet<>();
    private OptionalLong last = OptionalLong.empty();
    private @Nullable Object session;
    private long characters = WEIGHT;
  }

  /** A node was born: what was known of it before no longer holds. */
  synchronized void born(String node, List<Metric> metrics, @Nullable Object session) {
    Node born = new Node();
    Node before = nodes.put(node, born);
    if (before != null) {
      characters -= before.characters;
      born.devices.addAll(before.devices);
      born.devices.forEach(device -> born.characters += WEIGHT + device.length());
    }
    born.session = session;
    characters += born.characters;
    learn(born, "", metrics);
  }

  /** A device of a node was born. */
  synchronized void deviceBorn(String node, String device, List<Metric> metrics) {
    Node of = node(node);
    if (of.devices.add(device)) {
      grow(of, device.length());
    }
    learn(of, device, metrics);
  }

  private Node node(String name) {
    return nodes.computeIfAbsent(
        name,
        unknown -> {
          characters += WEIGHT;
          return new Node();
        });
  }

  private void learn(Node node, String device, List<Metric> metrics) {
    for (Metric metric : metrics) {
      String name = metric.name();
      if (name == null || name.isEmpty()) {
        continue;
      }
      Long alias = metric.alias();
      if (alias != null) {
        Named before = node.byAlias.put(alias, new Named(name, metric.type()));
        grow(node, name.length() - (before == null ? 0 : before.name().length() + WEIGHT));
      } else if (node.types.put(typed(device, name), metric.type()) == null) {
        grow(node, device.length() + name.length());
      }
    }
    while (characters > MOST_CHARACTERS && !nodes.isEmpty()) {
      Map.Entry<String, Node> eldest = nodes.entrySet().iterator().next();
      characters -= eldest.getValue().characters;
      nodes.remove(eldest.getKey());
    }
  }

  private void grow(Node node, int by) {
    node.characters += by + WEIGHT;
    characters += by + WEIGHT;
  }

  private static String typed(String device, String name) {
    return device + "\n" + name;
  }

  /** What an alias stands for; null before the birth that says it. */
  synchronized @Nullable Named named(String node, long alias) {
    Node of = nodes.get(node);
    return of == null ? null : of.byAlias.get(alias);
  }

  /** The type that a metric without an alias was born with; 0 where that is not known. */
  synchronized int type(String node, String device, String name) {
    Node of = nodes.get(node);
    return of == null ? 0 : of.types.getOrDefault(typed(device, name), 0);
  }

  /** The devices that were born at a node. */
  synchronized List<String> devices(String node) {
    Node of = nodes.get(node);
    return of == null ? List.of() : List.copyOf(of.devices);
  }

  /** Whether a death is of another session than the last birth (section 6.4.19, bdSeq). */
  synchronized boolean isStale(String node, @Nullable Object session) {
    Node of = nodes.get(node);
    return of != null && of.session != null && session != null && !of.session.equals(session);
  }

  /**
   * Notes the number of a message.
   *
   * @return the number that should have come; empty where it did come, or came again, or none was
   *     known
   */
  synchronized OptionalLong expected(String node, long sequence) {
    Node of = node(node);
    OptionalLong before = of.last;
    of.last = OptionalLong.of(sequence);
    if (before.isEmpty() || before.getAsLong() == sequence) {
      return OptionalLong.empty();
    }
    long expected = (before.getAsLong() + 1) % NUMBERS;
    return expected == sequence ? OptionalLong.empty() : OptionalLong.of(expected);
  }

  /** Forgets the number of the last message, after a death or where a message was not kept. */
  synchronized void restart(String node) {
    Node of = nodes.get(node);
    if (of != null) {
      of.last = OptionalLong.empty();
    }
  }
}
