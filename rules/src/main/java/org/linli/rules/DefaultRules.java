package org.linli.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.linli.event.EventType;
import org.linli.event.Kind;

/** The rules that every hub has. The data is {@code default-rules.csv} beside this class. */
public final class DefaultRules {

  private static final String FILE = "default-rules.csv";
  private static final List<DefaultRule> ALL = load();

  private DefaultRules() {}

  /** Returns every rule, in the order of the table. */
  public static List<DefaultRule> all() {
    return ALL;
  }

  /** Returns the rule for a type that a device of a kind states; empty if it opens no alert. */
  public static Optional<DefaultRule> find(Kind kind, EventType type) {
    return ALL.stream()
        .filter(one -> one.watches(kind))
        .filter(one -> one.rule().type().equals(type))
        .findFirst();
  }

  private static List<DefaultRule> load() {
    try (InputStream file = DefaultRules.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(
            FILE + " is missing beside " + DefaultRules.class.getName());
      }
      return DefaultRuleTable.parse(
          FILE, new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(FILE + " cannot be read", unreadable);
    }
  }
}
