package org.linli.hub.registry.change;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.hub.registry.file.PlanSection;
import org.linli.hub.registry.file.Section;

/**
 * What differs in one list of one community. From the earlier list it gives the later one: what
 * stays is put in the new order, and each new item behind the one that it names.
 *
 * @param added in the order of the later list
 * @param changed in the order of the earlier list
 * @param removed in the order of the earlier list
 * @param order the ids of what stays, as they now follow each other; empty if they do as before
 */
public record SectionDifference<T>(
    Section section,
    List<Added<T>> added,
    List<Changed<T>> changed,
    List<Removed<T>> removed,
    List<String> order) {

  /**
   * A new item.
   *
   * @param behind the id of the item before it; null if it is the first
   */
  public record Added<T>(String id, T item, @Nullable String behind) {}

  /** An item of the same id that is not the same. */
  public record Changed<T>(String id, T before, T after, List<FieldChange> fields) {}

  /** An item that is not there any more. */
  public record Removed<T>(String id, T item) {}

  public SectionDifference {
    added = List.copyOf(added);
    changed = List.copyOf(changed);
    removed = List.copyOf(removed);
    order = List.copyOf(order);
  }

  static <T> SectionDifference<T> between(PlanSection<T> section, List<T> before, List<T> after) {
    Map<String, T> was = byId(section, before);
    Map<String, T> is = byId(section, after);
    List<Changed<T>> changed = new ArrayList<>();
    List<Removed<T>> removed = new ArrayList<>();
    List<String> stayed = new ArrayList<>();
    was.forEach(
        (id, old) -> {
          T now = is.get(id);
          if (now == null) {
            removed.add(new Removed<>(id, old));
            return;
          }
          stayed.add(id);
          if (!now.equals(old)) {
            changed.add(
                new Changed<>(
                    id,
                    old,
                    now,
                    FieldChange.between(section.fields().apply(old), section.fields().apply(now))));
          }
        });
    List<Added<T>> added = new ArrayList<>();
    List<String> order = new ArrayList<>();
    String last = null;
    for (Map.Entry<String, T> item : is.entrySet()) {
      if (was.containsKey(item.getKey())) {
        order.add(item.getKey());
      } else {
        added.add(new Added<>(item.getKey(), item.getValue(), last));
      }
      last = item.getKey();
    }
    return new SectionDifference<>(
        section.name(), added, changed, removed, order.equals(stayed) ? List.of() : order);
  }

  /** The second of two equal shifts is told apart by its number. */
  private static <T> Map<String, T> byId(PlanSection<T> section, List<T> items) {
    Map<String, T> byId = new LinkedHashMap<>();
    Map<String, Integer> times = new HashMap<>();
    for (T item : items) {
      String id = section.id().apply(item);
      int number = times.merge(id, 1, Integer::sum);
      byId.put(number == 1 ? id : id + " #" + number, item);
    }
    return byId;
  }

  public boolean isEmpty() {
    return added.isEmpty() && changed.isEmpty() && removed.isEmpty() && order.isEmpty();
  }
}
