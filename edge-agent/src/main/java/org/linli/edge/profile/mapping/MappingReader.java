package org.linli.edge.profile.mapping;

import java.io.StringReader;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.TopicFilter;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.mapping.Mapping.Otherwise;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Parses one mapping file; every error is reported with its line and column. */
final class MappingReader {

  private static final int LARGEST = 1 << 20;
  private static final int DEEPEST = 10;
  private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?");
  private static final List<String> KEYS =
      List.of("name", "topic", "format", "kind", "each", "device", "events", "otherwise");
  private static final List<String> EVENT_KEYS =
      List.of("type", "when", "change", "id", "time", "values");

  private final String file;
  private final ZoneId zone;
  private final Changes changes;
  private final MappingProblems problems;

  private MappingReader(String file, ZoneId zone, Changes changes, MappingProblems problems) {
    this.file = file;
    this.zone = zone;
    this.changes = changes;
    this.problems = problems;
  }

  /**
   * @param file its name for people
   * @param problems receives the errors; if there are any, the result must not be used
   */
  static List<Mapping> read(
      String file, String text, ZoneId zone, Changes changes, MappingProblems problems) {
    return new MappingReader(file, zone, changes, problems).whole(text);
  }

  private List<Mapping> whole(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LARGEST);
    options.setNestingDepthLimit(DEEPEST);
    options.setAllowDuplicateKeys(false);
    @Nullable Node root;
    try {
      root = new Yaml(options).compose(new StringReader(text));
    } catch (MarkedYAMLException broken) {
      problems.add(
          broken.getProblemMark() == null
              ? new Place(file, 1, 1)
              : Place.of(file, broken.getProblemMark()),
          "is no YAML: " + broken.getProblem());
      return List.of();
    } catch (YAMLException | IllegalArgumentException broken) {
      // For some tags the parser throws an exception without a place.
      problems.add(new Place(file, 1, 1), "is no YAML: " + broken.getMessage());
      return List.of();
    }
    if (root == null) {
      problems.add(new Place(file, 1, 1), "is empty; it needs mappings: and a list under it");
      return List.of();
    }
    Map<String, Node> top = fields(root, List.of("mappings"), "a mapping file");
    List<Mapping> mappings = new ArrayList<>();
    for (Node item : items(top.get("mappings"), root, "mappings")) {
      mapping(item).ifPresent(mappings::add);
    }
    return mappings;
  }

  private Optional<Mapping> mapping(Node node) {
    Map<String, Node> fields = fields(node, KEYS, "a mapping");
    int before = problems.count();
    String name = required(fields, node, "name");
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      problems.add(
          place(fields, node, "name"),
          "name: " + name + " is not 1 to 32 lower-case letters, digits and hyphens");
    }
    List<String> topics = topics(fields.get("topic"));
    PayloadFormat format =
        choice(fields, "format", PayloadFormat.values(), PayloadFormat::yamlName)
            .orElse(PayloadFormat.JSON);
    required(fields, node, "kind");
    Kind kind = choice(fields, "kind", Kind.values(), Kind::wireName).orElse(Kind.ENVIRONMENT);
    Otherwise otherwise =
        choice(
                fields,
                "otherwise",
                Otherwise.values(),
                value -> value.name().toLowerCase(Locale.ROOT))
            .orElse(Otherwise.REFUSE);
    @Nullable Expression device = expression(fields.get("device"), "device");
    if (!topics.isEmpty() && !fields.containsKey("device")) {
      problems.add(
          Place.of(file, node),
          "device: is missing; a topic does not say which device it is, such as device: $topic[1]");
    }
    List<EventRule> events = new ArrayList<>();
    for (Node item : items(fields.get("events"), node, "events")) {
      event(item).ifPresent(events::add);
    }
    if (problems.count() > before) {
      return Optional.empty();
    }
    return Optional.of(
        new Mapping(
            name,
            topics,
            format,
            kind,
            expression(fields.get("each"), "each"),
            device,
            events,
            otherwise,
            Place.of(file, node),
            zone,
            changes));
  }

  private Optional<EventRule> event(Node node) {
    Map<String, Node> fields = fields(node, EVENT_KEYS, "an event");
    String type = required(fields, node, "type");
    EventType read = EventType.MEASUREMENT;
    try {
      read = type.isEmpty() ? read : new EventType(type);
    } catch (IllegalArgumentException broken) {
      problems.add(place(fields, node, "type"), "type: " + broken.getMessage());
    }
    Map<String, Expression> values = new LinkedHashMap<>();
    @Nullable Expression allValues = null;
    Node given = fields.get("values");
    if (given instanceof MappingNode object) {
      for (NodeTuple tuple : object.getValue()) {
        String name = scalar(tuple.getKeyNode(), "values");
        @Nullable Expression value = expression(tuple.getValueNode(), "values." + name);
        if (value != null) {
          values.put(name, value);
        }
      }
    } else if (given != null) {
      allValues = expression(given, "values");
    }
    return Optional.of(
        new EventRule(
            read,
            expression(fields.get("when"), "when"),
            expression(fields.get("change"), "change"),
            expression(fields.get("id"), "id"),
            expression(fields.get("time"), "time"),
            values,
            allValues));
  }

  private List<String> topics(@Nullable Node node) {
    List<String> topics = new ArrayList<>();
    if (node == null) {
      return topics;
    }
    for (Node item : node instanceof SequenceNode list ? list.getValue() : List.of(node)) {
      String topic = scalar(item, "topic");
      try {
        if (new TopicFilter(topic).overlaps(new TopicFilter("linli/#"))) {
          problems.add(
              Place.of(file, item), "topic: " + topic + " would read what is Linli's own, linli/#");
        }
        topics.add(topic);
      } catch (IllegalArgumentException broken) {
        problems.add(Place.of(file, item), "topic: " + topic + ": " + broken.getMessage());
      }
    }
    return topics;
  }

  private @Nullable Expression expression(@Nullable Node node, String field) {
    if (node == null) {
      return null;
    }
    String text = scalar(node, field);
    if (text.isEmpty()) {
      return null;
    }
    try {
      return Expression.compile(text);
    } catch (Expression.FailedException failed) {
      problems.add(within(node, failed.at()), field + ": " + failed.getMessage());
      return null;
    }
  }

  /** The place in the file of a character of an expression, if the expression is on one line. */
  private Place within(Node node, int characters) {
    Place start = Place.of(file, node);
    boolean oneLine = node.getStartMark().getLine() == node.getEndMark().getLine();
    if (characters < 0 || !oneLine || !(node instanceof ScalarNode scalar)) {
      return start;
    }
    return start.right(characters + (scalar.isPlain() ? 0 : 1));
  }

  private Map<String, Node> fields(Node node, List<String> keys, String what) {
    Map<String, Node> fields = new LinkedHashMap<>();
    if (!(node instanceof MappingNode object)) {
      problems.add(Place.of(file, node), what + " has keys and values: " + String.join(", ", keys));
      return fields;
    }
    for (NodeTuple tuple : object.getValue()) {
      String key = scalar(tuple.getKeyNode(), what);
      if (!keys.contains(key)) {
        problems.add(
            Place.of(file, tuple.getKeyNode()),
            "%s: there is no such key; %s has %s".formatted(key, what, String.join(", ", keys)));
      } else if (fields.put(key, tuple.getValueNode()) != null) {
        problems.add(Place.of(file, tuple.getKeyNode()), key + ": is there twice");
      }
    }
    return fields;
  }

  private List<Node> items(@Nullable Node node, Node parent, String field) {
    if (node instanceof SequenceNode list && !list.getValue().isEmpty()) {
      return list.getValue();
    }
    problems.add(
        Place.of(file, node == null ? parent : node),
        field + ": must be a list with at least one entry");
    return List.of();
  }

  private String required(Map<String, Node> fields, Node parent, String field) {
    Node node = fields.get(field);
    String text = node == null ? "" : scalar(node, field);
    if (text.isEmpty()) {
      problems.add(Place.of(file, node == null ? parent : node), field + ": is missing");
    }
    return text;
  }

  private Place place(Map<String, Node> fields, Node parent, String field) {
    return Place.of(file, fields.getOrDefault(field, parent));
  }

  private String scalar(Node node, String field) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue().strip();
    }
    problems.add(Place.of(file, node), field + ": must be one value");
    return "";
  }

  private <T> Optional<T> choice(
      Map<String, Node> fields, String field, T[] values, Function<T, String> named) {
    Node node = fields.get(field);
    String text = node == null ? "" : scalar(node, field);
    if (text.isEmpty() || node == null) {
      return Optional.empty();
    }
    Optional<T> chosen =
        Arrays.stream(values).filter(value -> named.apply(value).equals(text)).findFirst();
    if (chosen.isEmpty()) {
      problems.add(
          Place.of(file, node),
          "%s: %s is none of %s"
              .formatted(
                  field, text, Arrays.stream(values).map(named).collect(Collectors.joining(", "))));
    }
    return chosen;
  }
}
