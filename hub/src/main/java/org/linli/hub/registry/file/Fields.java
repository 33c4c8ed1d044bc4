package org.linli.hub.registry.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.linli.program.Closest;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The keys of one mapping. Every accessor returns null if it has noted a problem, or if an optional
 * key is absent.
 */
final class Fields {

  private final Node node;
  private final String path;
  private final Problems problems;
  private final Map<String, Node> byKey = new LinkedHashMap<>();

  private Fields(Node node, String path, Problems problems) {
    this.node = node;
    this.path = path;
    this.problems = problems;
  }

  /**
   * @param path the name of the mapping in messages; empty for the file itself
   * @param known every key it may have
   */
  static @Nullable Fields of(Node node, String path, List<String> known, Problems problems) {
    if (!(node instanceof MappingNode mapping)) {
      problems.add(
          node.getStartMark(),
          path.isEmpty() ? "the file" : path,
          "must be a mapping with the keys " + String.join(", ", known) + ".");
      return null;
    }
    Fields fields = new Fields(node, path, problems);
    for (NodeTuple tuple : mapping.getValue()) {
      fields.accept(tuple, known);
    }
    return fields;
  }

  private void accept(NodeTuple tuple, List<String> known) {
    Node keyNode = tuple.getKeyNode();
    String key = keyNode instanceof ScalarNode scalar ? scalar.getValue() : "";
    if (!known.contains(key)) {
      String closest = Closest.to(key, known);
      problems.add(
          keyNode.getStartMark(),
          field(Text.quotable(key)),
          "is not a key that is known here; "
              + (closest == null ? "" : "did you mean " + closest + "? ")
              + "Known keys: "
              + String.join(", ", known)
              + ".");
    } else if (byKey.putIfAbsent(key, tuple.getValueNode()) != null) {
      problems.add(keyNode.getStartMark(), field(key), "is given twice; keep one.");
    }
  }

  private String field(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** Returns the node of a required key. */
  private @Nullable Node needNode(String key) {
    Node value = byKey.get(key);
    if (value == null) {
      problems.add(node.getStartMark(), field(key), "is missing; add it.");
    }
    return value;
  }

  /**
   * @param parse returns the value, or throws IllegalArgumentException with the end of a sentence
   *     about the field
   */
  <T> @Nullable T need(String key, Function<String, T> parse) {
    Node value = needNode(key);
    return value == null ? null : scalar(value, field(key), parse);
  }

  /** As {@link #need} for a key that may be absent. */
  <T> @Nullable T may(String key, Function<String, T> parse) {
    Node value = byKey.get(key);
    return value == null ? null : scalar(value, field(key), parse);
  }

  boolean has(String key) {
    return byKey.containsKey(key);
  }

  @Nullable Fields needMapping(String key, List<String> known) {
    Node value = needNode(key);
    return value == null ? null : of(value, field(key), known, problems);
  }

  /** Returns the values of a required list of scalars that must not be empty. */
  <T> @Nullable List<T> needList(String key, Function<String, T> parse) {
    Node value = needNode(key);
    if (value == null) {
      return null;
    }
    List<Node> nodes = items(value, key);
    if (nodes == null) {
      return null;
    }
    List<T> parsed = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      T item = scalar(nodes.get(i), item(key, i), parse);
      if (item != null && parsed.contains(item)) {
        problems.add(nodes.get(i).getStartMark(), item(key, i), "is listed twice; keep one.");
      } else if (item != null) {
        parsed.add(item);
      }
    }
    if (nodes.isEmpty()) {
      problems.add(value.getStartMark(), field(key), "is empty; list at least one.");
    }
    return nodes.size() == parsed.size() && !nodes.isEmpty() ? parsed : null;
  }

  /** Returns the mappings of a list; none if the key is absent and not required. */
  List<Fields> mappings(String key, boolean required, List<String> known) {
    Node value = required ? needNode(key) : byKey.get(key);
    List<Node> nodes = value == null ? null : items(value, key);
    if (value == null || nodes == null) {
      return List.of();
    }
    if (required && nodes.isEmpty()) {
      problems.add(value.getStartMark(), field(key), "is empty; list at least one.");
    }
    List<Fields> mappings = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      Fields fields = of(nodes.get(i), item(key, i), known, problems);
      if (fields != null) {
        mappings.add(fields);
      }
    }
    return mappings;
  }

  private @Nullable List<Node> items(Node value, String key) {
    if (value instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    problems.add(value.getStartMark(), field(key), "must be a list; write it in [ ] or with -.");
    return null;
  }

  private String item(String key, int index) {
    return "%s[%d]".formatted(field(key), index + 1);
  }

  private <T> @Nullable T scalar(Node value, String field, Function<String, T> parse) {
    if (!(value instanceof ScalarNode scalar)) {
      problems.add(value.getStartMark(), field, "must be a single value.");
      return null;
    }
    if (scalar.isPlain() && Text.saysNothing(scalar.getValue())) {
      problems.add(value.getStartMark(), field, "has no value; give one or leave the key out.");
      return null;
    }
    try {
      return parse.apply(scalar.getValue());
    } catch (IllegalArgumentException e) {
      problems.add(value.getStartMark(), field, String.valueOf(e.getMessage()));
      return null;
    }
  }
}
