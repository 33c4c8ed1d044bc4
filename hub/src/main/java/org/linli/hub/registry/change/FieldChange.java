package org.linli.hub.registry.change;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.hub.registry.file.PlanField;

/**
 * A field that is written otherwise.
 *
 * @param before as YAML; null if it was not there
 * @param after as YAML; null if it is no longer there
 */
public record FieldChange(String key, @Nullable String before, @Nullable String after) {

  /** Returns the fields that differ, in the order in which they are written. */
  static List<FieldChange> between(List<PlanField> before, List<PlanField> after) {
    Map<String, String> was = new LinkedHashMap<>();
    before.forEach(field -> was.put(field.key(), field.text()));
    List<FieldChange> changes = new ArrayList<>();
    for (PlanField field : after) {
      String old = was.remove(field.key());
      if (!field.text().equals(old)) {
        changes.add(new FieldChange(field.key(), old, field.text()));
      }
    }
    was.forEach((key, old) -> changes.add(new FieldChange(key, old, null)));
    return List.copyOf(changes);
  }
}
