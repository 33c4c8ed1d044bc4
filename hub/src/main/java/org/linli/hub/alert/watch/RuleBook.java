package org.linli.hub.alert.watch;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.rules.DefaultRule;
import org.linli.rules.DefaultRules;
import org.linli.rules.Rule;
import org.linli.rules.Severity;
import org.springframework.stereotype.Component;

/** The default rules, by the kind of device and the type of event that they are about. */
@Component
public final class RuleBook {

  /**
   * A rule and the alert it opens.
   *
   * @param key the key under which a device has at most one such alert: the type
   */
  public record AlertRule(String key, Rule rule, Severity severity) {}

  private final Map<Kind, Map<EventType, List<AlertRule>>> concerned = new EnumMap<>(Kind.class);
  private final Map<Kind, Map<String, AlertRule>> byKey = new EnumMap<>(Kind.class);

  public RuleBook() {
    for (DefaultRule one : DefaultRules.all()) {
      AlertRule rule = new AlertRule(one.rule().type().value(), one.rule(), one.severity());
      Stream.of(Kind.values()).filter(one::watches).forEach(kind -> add(kind, rule));
    }
  }

  private void add(Kind kind, AlertRule rule) {
    byKey.computeIfAbsent(kind, _ -> new HashMap<>()).put(rule.key(), rule);
    Stream.concat(Stream.of(rule.rule().type()), rule.rule().clearedBy().stream())
        .forEach(
            type ->
                concerned
                    .computeIfAbsent(kind, _ -> new HashMap<>())
                    .computeIfAbsent(type, _ -> new ArrayList<>())
                    .add(rule));
  }

  /** Returns the rules that an event can affect; for most types there is none. */
  public List<AlertRule> concernedBy(Kind kind, EventType type) {
    Map<EventType, List<AlertRule>> ofKind = concerned.get(kind);
    return ofKind == null ? List.of() : ofKind.getOrDefault(type, List.of());
  }

  public Optional<AlertRule> find(Kind kind, String key) {
    Map<String, AlertRule> ofKind = byKey.get(kind);
    return ofKind == null ? Optional.empty() : Optional.ofNullable(ofKind.get(key));
  }
}
