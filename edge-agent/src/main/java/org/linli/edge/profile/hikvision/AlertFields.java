package org.linli.edge.profile.hikvision;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.linli.edge.profile.format.XmlElement;
import tools.jackson.databind.JsonNode;

/** An alert's fields, which have the same structure in XML and JSON. */
sealed interface AlertFields {

  /** The text or number at the end of that path; of a list on the way the first entry counts. */
  Optional<String> text(String... path);

  /** All texts under a name that the maker writes once. */
  List<String> texts(String name);

  /** Whether there is anything at the end of that path. */
  boolean has(String... path);

  /** The entries of a list, each with its own fields. */
  List<AlertFields> entries(String list, String entry);

  record OfXml(XmlElement root) implements AlertFields {

    @Override
    public Optional<String> text(String... path) {
      return root.text(path);
    }

    @Override
    public List<String> texts(String name) {
      // A loop, as this runs several times for every message.
      Set<String> texts = new LinkedHashSet<>();
      for (XmlElement each : root.children()) {
        if (each.name().equals(name) && !each.text().isEmpty()) {
          texts.add(each.text());
        }
      }
      return List.copyOf(texts);
    }

    @Override
    public boolean has(String... path) {
      return root.find(path).isPresent();
    }

    @Override
    public List<AlertFields> entries(String list, String entry) {
      return root.find(list).stream()
          .flatMap(
              found -> (found.find(entry).isPresent() ? found.all(entry) : List.of(found)).stream())
          .<AlertFields>map(OfXml::new)
          .toList();
    }
  }

  record OfJson(JsonNode root) implements AlertFields {

    @Override
    public Optional<String> text(String... path) {
      JsonNode found = at(path);
      return found.isString() || found.isNumber() || found.isBoolean()
          ? Optional.of(found.asString().strip()).filter(text -> !text.isEmpty())
          : Optional.empty();
    }

    @Override
    public List<String> texts(String name) {
      return text(name).stream().toList();
    }

    @Override
    public boolean has(String... path) {
      return !at(path).isMissingNode();
    }

    @Override
    public List<AlertFields> entries(String list, String entry) {
      List<AlertFields> found = new ArrayList<>();
      for (JsonNode each : all(root.path(list))) {
        if (each.has(entry)) {
          all(each.path(entry)).forEach(inner -> found.add(new OfJson(inner)));
        } else if (each.isObject()) {
          found.add(new OfJson(each));
        }
      }
      return found;
    }

    private static List<JsonNode> all(JsonNode found) {
      return found.isArray() ? found.valueStream().toList() : List.of(found);
    }

    private JsonNode at(String... path) {
      JsonNode at = root;
      for (String name : path) {
        at = at.path(name);
        // XML has the names of the list and of an entry; JSON has an array under the list's name.
        if (at.isArray()) {
          at = at.path(0);
        }
      }
      return at;
    }
  }
}
