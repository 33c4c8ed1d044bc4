package org.linli.hub.registry.change;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.hub.registry.Community;
import org.linli.hub.registry.CommunityPlan;
import org.linli.hub.registry.file.PlanSection;
import org.linli.hub.registry.file.PlanSections;

/** Makes the later communities from the earlier ones and what a difference says of its lists. */
final class AppliedDifference {

  private AppliedDifference() {}

  static List<CommunityPlan> of(Difference difference, List<CommunityPlan> before) {
    Map<CommunityId, CommunityPlan> plans = new TreeMap<>();
    before.forEach(plan -> plans.put(plan.community().id(), plan));
    for (CommunityDifference community : difference.communities()) {
      CommunityPlan after = community.after();
      if (after == null) {
        plans.remove(community.id());
      } else {
        plans.put(community.id(), plan(community, after.community(), plans.get(community.id())));
      }
    }
    return List.copyOf(plans.values());
  }

  private static CommunityPlan plan(
      CommunityDifference difference, Community itself, @Nullable CommunityPlan before) {
    return new CommunityPlan(
        itself,
        list(PlanSections.GRIDS, difference.grids(), before),
        list(PlanSections.BUILDINGS, difference.buildings(), before),
        list(PlanSections.GATEWAYS, difference.gateways(), before),
        list(PlanSections.DEVICES, difference.devices(), before),
        list(PlanSections.PEOPLE, difference.people(), before),
        list(PlanSections.DUTY, difference.duty(), before));
  }

  private static <T> List<T> list(
      PlanSection<T> section, SectionDifference<T> difference, @Nullable CommunityPlan before) {
    Map<String, T> items = new LinkedHashMap<>();
    Map<String, Integer> times = new HashMap<>();
    for (T item : before == null ? List.<T>of() : section.items().apply(before)) {
      String id = section.id().apply(item);
      int number = times.merge(id, 1, Integer::sum);
      items.put(number == 1 ? id : id + " #" + number, item);
    }
    difference.removed().forEach(gone -> items.remove(gone.id()));
    difference.changed().forEach(changed -> items.put(changed.id(), changed.after()));
    List<String> order =
        new ArrayList<>(difference.order().isEmpty() ? items.keySet() : difference.order());
    for (SectionDifference.Added<T> added : difference.added()) {
      items.put(added.id(), added.item());
      order.add(added.behind() == null ? 0 : order.indexOf(added.behind()) + 1, added.id());
    }
    return order.stream().map(id -> Objects.requireNonNull(items.get(id))).toList();
  }
}
