package org.linli.edge.profile.mapping;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.TopicFilter;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.mapping.Mapping.Otherwise;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.program.yaml.Parsers;
import org.linli.program.yaml.WrongTextException;
import org.linli.program.yaml.YamlFields;
import org.linli.program.yaml.YamlForm;
import org.linli.program.yaml.YamlProblems;

/** Parses one mapping file; every error is reported with its line and column. */
final class MappingReader {

  static final YamlForm FORM =
      new YamlForm(1024 * 1024, List.of("mappings"), "mappings: and a list under it");

  private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?");
  private static final List<String> KEYS =
      List.of(
          "name",
          "topic",
          "format",
          "part",
          "charset",
          "kind",
          "each",
          "device",
          "point",
          "events",
          "otherwise");
  private static final List<String> EVENT_KEYS =
      List.of("type", "when", "change", "id", "time", "values");

  private final ZoneId zone;
  private final Changes changes;
  private final YamlProblems problems;

  private MappingReader(ZoneId zone, Changes changes, YamlProblems problems) {
    this.zone = zone;
    this.changes = changes;
    this.problems = problems;
  }

  /**
   * @param file its name for people
   * @param problems receives the errors; if there are any, the result must not be used
   */
  static List<Mapping> read(
      String file, byte[] bytes, ZoneId zone, Changes changes, YamlProblems problems) {
    YamlFields top = FORM.read(file, bytes, problems);
    if (top == null) {
      return List.of();
    }
    MappingReader reader = new MappingReader(zone, changes, problems);
    return top.mappings("mappings", true, KEYS).stream()
        .flatMap(fields -> reader.mapping(fields).stream())
        .toList();
  }

  private Optional<Mapping> mapping(YamlFields fields) {
    int before = problems.count();
    String name = fields.need("name", stripped(MappingReader::name));
    List<String> topics = fields.oneOrMore("topic", stripped(MappingReader::topic));
    PayloadFormat format =
        fields.may(
            "format", stripped(Parsers.oneOf(PayloadFormat.values(), PayloadFormat::yamlName)));
    String part = fields.may("part", stripped(PayloadText::part));
    Charset charset = fields.may("charset", stripped(PayloadText::charset));
    Kind kind = fields.need("kind", stripped(Parsers.oneOf(Kind.values(), Kind::wireName)));
    Otherwise otherwise =
        fields.may(
            "otherwise",
            stripped(
                Parsers.oneOf(Otherwise.values(), value -> value.name().toLowerCase(Locale.ROOT))));
    Expression each = fields.may("each", MappingReader::expression);
    Expression device = fields.may("device", MappingReader::expression);
    if (!topics.isEmpty() && !fields.has("device")) {
      fields.problem(
          "device",
          "is missing; a topic does not say which device it is: add it, such as device:"
              + " $topic[1].");
    }
    Expression point = fields.may("point", MappingReader::expression);
    RuleSignals signals = new RuleSignals(format, part, charset, kind, each, point);
    List<EventRule> events = new ArrayList<>();
    for (YamlFields event : fields.mappings("events", true, EVENT_KEYS)) {
      EventRule rule = event(event, signals);
      if (rule != null) {
        events.add(rule);
      }
    }
    if (name == null || kind == null || problems.count() > before) {
      return Optional.empty();
    }
    return Optional.of(
        new Mapping(
            name,
            topics,
            format == null ? PayloadFormat.JSON : format,
            new PayloadText(part, charset == null ? StandardCharsets.UTF_8 : charset),
            kind,
            each,
            device,
            new Points(point, device, each != null, events),
            events,
            otherwise == null ? Otherwise.REFUSE : otherwise,
            fields.place(),
            zone,
            changes,
            HeldAlarms.of(events, changes)));
  }

  private static @Nullable EventRule event(YamlFields fields, RuleSignals signals) {
    EventType type = fields.need("type", stripped(Parsers.by(EventType::new)));
    Expression when = fields.may("when", MappingReader::expression);
    Expression change = fields.may("change", MappingReader::expression);
    Expression id = fields.may("id", MappingReader::expression);
    Expression time = fields.may("time", MappingReader::expression);
    Map<String, Expression> values = fields.entries("values", MappingReader::expression);
    Expression allValues =
        fields.isMapping("values") ? null : fields.may("values", MappingReader::expression);
    return type == null
        ? null
        : new EventRule(
            signals.of(type, when, change), type, when, change, id, time, values, allValues);
  }

  private static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw Parsers.wrong(text, "write 1 to 32 lower-case letters, digits and hyphens.");
    }
    return text;
  }

  private static String topic(String text) {
    TopicFilter filter = Parsers.by(TopicFilter::new).apply(text);
    if (filter.overlaps(new TopicFilter("linli/#"))) {
      throw Parsers.wrong(text, "that would read what is Linli's own, linli/#.");
    }
    return text;
  }

  private static Expression expression(String text) {
    try {
      return Expression.compile(text);
    } catch (Expression.FailedException failed) {
      throw new WrongTextException(
          "is no expression that can be used: " + failed.getMessage() + ".", failed.at());
    }
  }

  /** A text over several lines ends with the end of its last line. */
  private static <T> Function<String, T> stripped(Function<String, T> parse) {
    return text -> parse.apply(text.strip());
  }
}
