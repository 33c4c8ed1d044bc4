package org.linli.edge.profile.hikvision;

import java.util.Optional;
import org.linli.edge.profile.format.XmlElement;
import tools.jackson.databind.JsonNode;

/** An alert's fields, which have the same structure in XML and JSON. */
sealed interface AlertFields {

  /** The text or number at the end of that path; of a list on the way the first entry counts. */
  Optional<String> text(String... path);

  /** Whether there is anything at the end of that path. */
  boolean has(String... path);

  record OfXml(XmlElement root) implements AlertFields {

    @Override
    public Optional<String> text(String... path) {
      return root.text(path);
    }

    @Override
    public boolean has(String... path) {
      return root.find(path).isPresent();
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
    public boolean has(String... path) {
      return !at(path).isMissingNode();
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
