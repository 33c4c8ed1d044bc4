package org.linli.edge.intake.mqtt.access;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.CannotListenException;
import org.linli.edge.intake.TopicFilter;
import org.linli.event.Kind;
import org.linli.program.yaml.Parsers;
import org.linli.program.yaml.YamlFields;
import org.linli.program.yaml.YamlForm;
import org.linli.program.yaml.YamlProblems;

/**
 * The clients file, which docs/configuration.md describes. Anything that is not fully understood
 * keeps the gateway from starting: a misspelt key must not grant rights.
 */
final class ClientsFile {

  /** Its size limit in bytes is room for some ten thousand clients. */
  private static final YamlForm FORM =
      new YamlForm(3 * 1024 * 1024, List.of("clients"), "clients: and a list under it");

  private static final List<String> KEYS =
      List.of("name", "password", "clients", "publish", "topics", "read");

  private ClientsFile() {}

  /**
   * A client of the file.
   *
   * @param clientIds patterns of the client ids that it may use
   */
  record Entry(PasswordHash password, List<String> clientIds, Rights rights) {}

  /**
   * @throws CannotListenException naming the file, each problem and its place
   */
  static Map<String, Entry> read(Path file) {
    YamlProblems problems = new YamlProblems();
    Map<String, Entry> entries = new HashMap<>();
    try (InputStream in = Files.newInputStream(file)) {
      YamlFields top = FORM.read(file.toString(), FORM.bytes(in), problems);
      if (top != null) {
        readInto(entries, top);
      }
    } catch (IOException unreadable) {
      problems.add(file.toString(), "it cannot be read (" + unreadable + ").");
    }
    if (!problems.isEmpty()) {
      throw CannotListenException.because(
          "The clients of MQTT in %s are not understood:%n  %s%nCorrect it, or take linli.mqtt.clients-file away."
              .formatted(file, String.join("\n  ", problems.sentences())));
    }
    return entries;
  }

  private static void readInto(Map<String, Entry> entries, YamlFields top) {
    // An empty list lets nobody in; without a list it is another file.
    if (!top.has("clients")) {
      top.problem("clients", "is missing; add it.");
    }
    for (YamlFields fields : top.mappings("clients", false, KEYS)) {
      String name = fields.need("name", ClientsFile::text);
      Entry entry = entry(fields, name);
      if (name != null && entry != null && entries.put(name, entry) != null) {
        fields.problem("name", "is \"" + name + "\", as is another; give each its own.");
      }
    }
  }

  private static @Nullable Entry entry(YamlFields fields, @Nullable String name) {
    PasswordHash password = fields.need("password", ClientsFile::password);
    List<String> clientIds = fields.list("clients", ClientsFile::text);
    List<String> publish = fields.list("publish", ClientsFile::rule);
    List<TopicFilter> topics = fields.list("topics", Parsers.by(TopicFilter::new));
    List<String> read = fields.list("read", ClientsFile::rule);
    return name == null || password == null
        ? null
        : new Entry(
            password,
            clientIds.isEmpty() ? List.of(name) : clientIds,
            new Rights(publish, topics, read));
  }

  private static String text(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("is empty; write its name.");
    }
    return text;
  }

  /** Never quotes what is written: it may be a password. */
  private static PasswordHash password(String text) {
    try {
      return PasswordHash.parse(text);
    } catch (IllegalArgumentException form) {
      throw new IllegalArgumentException(
          form.getMessage() + "; docs/configuration.md has the command that makes one.", form);
    }
  }

  private static String rule(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 2
        || parts[1].isEmpty()
        || !parts[0].equals("*") && Kind.ofWireName(parts[0]).isEmpty()) {
      throw Parsers.wrong(text, "write kind/device, such as access/door-1, where each may be *.");
    }
    return text;
  }
}
