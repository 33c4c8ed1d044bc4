package org.linli.edge.profile.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linli.edge.profile.life.LifeWord;
import org.linli.program.Shown;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the nodes of one document, and settles names that are in an object more than once, which
 * RFC 8259 section 4 leaves open: what is on outranks what is off, what is about a life outranks
 * what is not, objects and lists are joined, and of anything else the last one counts. For one
 * document.
 */
final class TwiceSaid extends JsonNodeFactory {

  private static final long serialVersionUID = 1;

  static final String DIFFERENTLY = "is there twice with different values";

  /** Most names that are told. */
  private static final int MOST = 4;

  private final transient List<RepeatingObject> repeating = new ArrayList<>();
  private final transient Set<String> contradicted = new LinkedHashSet<>();

  /** An object that remembers what a later value of the same name replaced. */
  private static final class RepeatingObject extends ObjectNode {

    private static final long serialVersionUID = 1;

    private final transient TwiceSaid document;
    private transient Map<String, List<JsonNode>> earlier = Map.of();

    RepeatingObject(TwiceSaid document) {
      super(document);
      this.document = document;
    }

    @Override
    public JsonNode replace(String name, JsonNode value) {
      JsonNode before = super.replace(name, value);
      if (before != null) {
        if (earlier.isEmpty()) {
          earlier = new LinkedHashMap<>();
          document.repeating.add(this);
        }
        earlier.computeIfAbsent(name, _ -> new ArrayList<>()).add(before);
      }
      return before;
    }
  }

  @Override
  public ObjectNode objectNode() {
    return new RepeatingObject(this);
  }

  /** To be called once the document is read. */
  void settle() {
    for (RepeatingObject object : repeating) {
      object.earlier.forEach(
          (name, values) -> {
            JsonNode last = object.get(name);
            JsonNode settled = values.getFirst();
            for (JsonNode next : values.subList(1, values.size())) {
              settled = one(name, settled, next);
            }
            object.set(name, one(name, settled, last));
          });
    }
  }

  /** What is said twice and differently, for people. */
  List<String> contradicted() {
    return List.copyOf(contradicted);
  }

  private JsonNode one(String name, JsonNode earlier, JsonNode later) {
    if (earlier.equals(later)) {
      return later;
    }
    if (earlier instanceof ObjectNode object && later instanceof ObjectNode other) {
      for (Map.Entry<String, JsonNode> entry : other.properties()) {
        JsonNode known = object.get(entry.getKey());
        object.set(
            entry.getKey(),
            known == null ? entry.getValue() : one(entry.getKey(), known, entry.getValue()));
      }
      return object;
    }
    if (earlier instanceof ArrayNode list && later instanceof ArrayNode other) {
      return list.addAll(other);
    }
    if (contradicted.size() < MOST) {
      contradicted.add(Shown.text(name) + ": " + DIFFERENTLY);
    }
    return isFirst(earlier, later) ? earlier : later;
  }

  private static boolean isFirst(JsonNode earlier, JsonNode later) {
    Optional<Boolean> on = Truth.ofAlarm(earlier);
    Optional<Boolean> laterOn = Truth.ofAlarm(later);
    if (later.isNull() || on.equals(Optional.of(true))) {
      return true;
    }
    if (on.isEmpty() && laterOn.isEmpty() && isAboutALife(earlier)) {
      return !isAboutALife(later);
    }
    return !earlier.isNull() && laterOn.equals(Optional.of(false)) && on.isEmpty();
  }

  private static boolean isAboutALife(JsonNode said) {
    return said.isString() && LifeWord.isIn(said.stringValue());
  }
}
