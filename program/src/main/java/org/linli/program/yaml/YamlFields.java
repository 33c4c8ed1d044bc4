package org.linli.program.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.linli.program.Closest;

/**
 * The keys of one mapping. Every accessor returns null if it has noted a problem, or if an optional
 * key is absent. A parser returns the value, or throws IllegalArgumentException with the end of a
 * sentence about the field; {@link WrongTextException} says where in the value it is wrong.
 */
public final class YamlFields {

  private final YamlNode node;
  private final String path;
  private final YamlProblems problems;
  private final Map<String, YamlNode> byKey = new LinkedHashMap<>();

  private YamlFields(YamlNode node, String path, YamlProblems problems) {
    this.node = node;
    this.path = path;
    this.problems = problems;
  }

  /**
   * @param path the name of the mapping in messages; empty for the file itself
   * @param known every key it may have
   */
  static @Nullable YamlFields of(
      YamlNode node, String path, List<String> known, YamlProblems problems) {
    if (!(node instanceof YamlNode.Mapping mapping)) {
      problems.add(
          node.place(),
          path.isEmpty() ? "the file" : path,
          "must be a mapping with the keys " + String.join(", ", known) + ".");
      return null;
    }
    YamlFields fields = new YamlFields(node, path, problems);
    for (YamlNode.Entry entry : mapping.entries()) {
      fields.accept(entry, known);
    }
    return fields;
  }

  private void accept(YamlNode.Entry entry, List<String> known) {
    String key = entry.key() instanceof YamlNode.Scalar scalar ? scalar.text() : "";
    if (!known.contains(key)) {
      String closest = Closest.to(key, known);
      problems.add(
          entry.key().place(),
          field(Parsers.quotable(key)),
          "is not a key that is known here; "
              + (closest == null ? "" : "did you mean " + closest + "? ")
              + "Known keys: "
              + String.join(", ", known)
              + ".");
    } else if (byKey.putIfAbsent(key, entry.value()) != null) {
      problems.add(entry.key().place(), field(key), "is given twice; keep one.");
    }
  }

  private String field(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** Where the mapping begins. */
  public YamlLocation place() {
    return node.place();
  }

  /** Notes a problem with the value of a key, or with the mapping if the key is absent. */
  public void problem(String key, String what) {
    problems.add(byKey.getOrDefault(key, node).place(), field(key), what);
  }

  public boolean has(String key) {
    return byKey.containsKey(key);
  }

  /** Returns the node of a required key. */
  private @Nullable YamlNode needNode(String key) {
    YamlNode value = byKey.get(key);
    if (value == null) {
      problem(key, "is missing; add it.");
    }
    return value;
  }

  /** Returns the value of a required key. */
  public <T> @Nullable T need(String key, Function<String, T> parse) {
    YamlNode value = needNode(key);
    return value == null ? null : scalar(value, field(key), parse);
  }

  /** As {@link #need} for a key that may be absent. */
  public <T> @Nullable T may(String key, Function<String, T> parse) {
    YamlNode value = byKey.get(key);
    return value == null ? null : scalar(value, field(key), parse);
  }

  public @Nullable YamlFields needMapping(String key, List<String> known) {
    YamlNode value = needNode(key);
    return value == null ? null : of(value, field(key), known, problems);
  }

  /** Returns the values of a required list of scalars that must not be empty. */
  public <T> @Nullable List<T> needList(String key, Function<String, T> parse) {
    YamlNode value = needNode(key);
    List<YamlNode> nodes = value == null ? null : items(value, key);
    if (value == null || nodes == null) {
      return null;
    }
    int before = problems.count();
    Set<T> seen = new HashSet<>();
    List<T> parsed = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      T item = scalar(nodes.get(i), item(key, i), parse);
      if (item != null && !seen.add(item)) {
        problems.add(nodes.get(i).place(), item(key, i), "is listed twice; keep one.");
      } else if (item != null) {
        parsed.add(item);
      }
    }
    if (nodes.isEmpty()) {
      problems.add(value.place(), field(key), "is empty; list at least one.");
    }
    return problems.count() == before ? parsed : null;
  }

  /** Returns the values of a list of scalars; none if the key is absent or has no value. */
  public <T> List<T> list(String key, Function<String, T> parse) {
    YamlNode value = byKey.get(key);
    if (value == null || value instanceof YamlNode.Scalar scalar && scalar.saysNothing()) {
      return List.of();
    }
    List<YamlNode> nodes = items(value, key);
    return nodes == null ? List.of() : scalars(nodes, key, parse);
  }

  /** As {@link #list}; a single value needs no list around it. */
  public <T> List<T> oneOrMore(String key, Function<String, T> parse) {
    YamlNode value = byKey.get(key);
    if (value instanceof YamlNode.Scalar) {
      T only = scalar(value, field(key), parse);
      return only == null ? List.of() : List.of(only);
    }
    return list(key, parse);
  }

  private <T> List<T> scalars(List<YamlNode> nodes, String key, Function<String, T> parse) {
    List<T> parsed = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      T item = scalar(nodes.get(i), item(key, i), parse);
      if (item != null) {
        parsed.add(item);
      }
    }
    return parsed;
  }

  /** Whether the value of a key is itself a mapping. */
  public boolean isMapping(String key) {
    return byKey.get(key) instanceof YamlNode.Mapping;
  }

  /** Returns the values of a mapping with keys of any name; none if it is absent or no mapping. */
  public <T> Map<String, T> entries(String key, Function<String, T> parse) {
    Map<String, T> entries = new LinkedHashMap<>();
    if (!(byKey.get(key) instanceof YamlNode.Mapping mapping)) {
      return entries;
    }
    Set<String> seen = new HashSet<>();
    for (YamlNode.Entry entry : mapping.entries()) {
      String name = scalar(entry.key(), "a key of " + field(key), Function.identity());
      if (name != null && !seen.add(name)) {
        problems.add(entry.key().place(), entry(key, name), "is given twice; keep one.");
      } else if (name != null) {
        T value = scalar(entry.value(), entry(key, name), parse);
        if (value != null) {
          entries.put(name, value);
        }
      }
    }
    return entries;
  }

  private String entry(String key, String name) {
    return field(key) + "." + Parsers.quotable(name);
  }

  /** Returns the mappings of a list; none if the key is absent and not required. */
  public List<YamlFields> mappings(String key, boolean required, List<String> known) {
    YamlNode value = required ? needNode(key) : byKey.get(key);
    List<YamlNode> nodes = value == null ? null : items(value, key);
    if (value == null || nodes == null) {
      return List.of();
    }
    if (required && nodes.isEmpty()) {
      problems.add(value.place(), field(key), "is empty; list at least one.");
    }
    List<YamlFields> mappings = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      YamlFields fields = of(nodes.get(i), item(key, i), known, problems);
      if (fields != null) {
        mappings.add(fields);
      }
    }
    return mappings;
  }

  private @Nullable List<YamlNode> items(YamlNode value, String key) {
    if (value instanceof YamlNode.Sequence sequence) {
      return sequence.items();
    }
    problems.add(value.place(), field(key), "must be a list; write it in [ ] or with -.");
    return null;
  }

  private String item(String key, int index) {
    return "%s[%d]".formatted(field(key), index + 1);
  }

  private <T> @Nullable T scalar(YamlNode value, String field, Function<String, T> parse) {
    if (!(value instanceof YamlNode.Scalar scalar)) {
      problems.add(value.place(), field, "must be a single value.");
      return null;
    }
    if (scalar.saysNothing()) {
      problems.add(value.place(), field, "has no value; give one or leave the key out.");
      return null;
    }
    try {
      return parse.apply(scalar.text());
    } catch (WrongTextException e) {
      problems.add(scalar.placeOf(e.at()), field, String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      problems.add(value.place(), field, String.valueOf(e.getMessage()));
    }
    return null;
  }
}
