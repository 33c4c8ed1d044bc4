package org.linli.edge.intake.mqtt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.CannotListenException;
import org.linli.edge.intake.TopicFilter;
import org.linli.event.Kind;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The clients file, which docs/configuration.md describes. Anything that is not fully understood
 * keeps the gateway from starting: a misspelt key must not grant rights.
 */
final class ClientsFile {

  private static final Set<String> KEYS =
      Set.of("name", "password", "clients", "publish", "topics", "read");

  private final Path file;

  private ClientsFile(Path file) {
    this.file = file;
  }

  /**
   * A client of the file.
   *
   * @param clientIds patterns of the client ids that it may use
   */
  record Entry(PasswordHash password, List<String> clientIds, Rights rights) {}

  /**
   * @throws CannotListenException naming the file and the place
   */
  static Map<String, Entry> read(Path file) {
    return new ClientsFile(file).entries();
  }

  private Map<String, Entry> entries() {
    Object whole;
    try {
      whole =
          new Yaml(new SafeConstructor(new LoaderOptions()))
              .load(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw broken("the file cannot be read (" + unreadable.getMessage() + ")");
    } catch (YAMLException noYaml) {
      throw broken("it is no YAML: " + noYaml.getMessage());
    }
    if (!(whole instanceof Map<?, ?> top)
        || !top.keySet().equals(Set.of("clients"))
        || !(top.get("clients") instanceof List<?> listed)) {
      throw broken("it must hold clients: and a list under it, and nothing else");
    }
    Map<String, Entry> entries = new HashMap<>();
    for (Object item : listed) {
      String place = "client " + (entries.size() + 1);
      if (!(item instanceof Map<?, ?> fields)) {
        throw broken(place + " is no list of keys");
      }
      String name = text(fields, "name", place);
      if (entries.put(name, entry(fields, name, place + " (" + name + ")")) != null) {
        throw broken(place + ": there is another " + name);
      }
    }
    return entries;
  }

  private Entry entry(Map<?, ?> fields, String name, String place) {
    for (Object key : fields.keySet()) {
      if (!(key instanceof String known) || !KEYS.contains(known)) {
        throw broken(
            place
                + " has "
                + key
                + ", which is none of name, password, clients, publish, topics, read");
      }
    }
    PasswordHash password;
    try {
      password = PasswordHash.parse(text(fields, "password", place));
    } catch (IllegalArgumentException form) {
      throw broken(place + ": password " + form.getMessage());
    }
    List<String> clientIds = texts(fields, "clients", place);
    List<String> publish = texts(fields, "publish", place);
    List<String> read = texts(fields, "read", place);
    List<TopicFilter> topics =
        texts(fields, "topics", place).stream().map(text -> filter(text, place)).toList();
    publish.forEach(rule -> check(rule, place));
    read.forEach(rule -> check(rule, place));
    return new Entry(
        password,
        clientIds.isEmpty() ? List.of(name) : clientIds,
        new Rights(publish, topics, read));
  }

  private void check(String rule, String place) {
    String[] parts = rule.split("/", -1);
    if (parts.length != 2
        || parts[1].isEmpty()
        || !parts[0].equals("*") && Kind.ofWireName(parts[0]).isEmpty()) {
      throw broken(place + ": " + rule + " is not kind/device, where each may be *");
    }
  }

  private TopicFilter filter(String text, String place) {
    try {
      return new TopicFilter(text);
    } catch (IllegalArgumentException broken) {
      throw broken(place + ": topics has " + text + "; " + broken.getMessage());
    }
  }

  private String text(Map<?, ?> fields, String key, String place) {
    if (fields.get(key) instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw broken(place + ": " + key + " must be there and be text");
  }

  private List<String> texts(Map<?, ?> fields, String key, String place) {
    @Nullable Object found = fields.get(key);
    if (found == null) {
      return List.of();
    }
    if (found instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
      return list.stream().map(String.class::cast).toList();
    }
    throw broken(place + ": " + key + " must be a list of texts");
  }

  private CannotListenException broken(String what) {
    return CannotListenException.because(
        "The clients of MQTT in "
            + file
            + " are not understood: "
            + what
            + ". Mend it, or take linli.mqtt.clients-file away.");
  }
}
