package org.linli.hub.registry.change;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.hub.registry.Building;
import org.linli.hub.registry.CommunityPlan;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.Gateway;
import org.linli.hub.registry.Person;
import org.linli.hub.registry.file.Section;

/**
 * Finds what probably was moved to another community, or was given another id. It says nothing
 * where two things could be meant.
 */
final class Likenesses {

  private final List<CommunityDifference> communities;
  private final List<Likeness> found = new ArrayList<>();
  private final Set<Item> moved = new HashSet<>();

  /** Whether an item of one community is that of the same id in another. */
  private interface IsSame<T> {
    boolean test(CommunityDifference from, T was, CommunityDifference to, T is);
  }

  /** A new item and where it is. */
  private record Arrived<T>(CommunityDifference at, T item) {}

  private Likenesses(List<CommunityDifference> communities) {
    this.communities = communities;
  }

  static List<Likeness> in(List<CommunityDifference> communities) {
    Likenesses likenesses = new Likenesses(communities);
    likenesses.findMoved();
    communities.forEach(likenesses::findRenamed);
    return likenesses.certain();
  }

  /** Returns those whose new item is named once. */
  private List<Likeness> certain() {
    Map<Item, Long> claims =
        found.stream().collect(Collectors.groupingBy(Likeness::is, Collectors.counting()));
    return found.stream().filter(like -> claims.getOrDefault(like.is(), 0L) == 1).sorted().toList();
  }

  private void findMoved() {
    // Gateways first: what is at a gateway moves with it.
    moved(Section.GATEWAYS, CommunityDifference::gateways, (_, _, _, _) -> true);
    moved(
        Section.BUILDINGS,
        CommunityDifference::buildings,
        (from, was, to, is) -> was.name().equals(is.name()) || movedWith(from, to, was, is));
    moved(
        Section.DEVICES,
        CommunityDifference::devices,
        (from, was, _, is) ->
            was.gateway().equals(is.gateway())
                && moved.contains(new Item(from.id(), Section.GATEWAYS, was.gateway().value())));
    moved(
        Section.PEOPLE,
        CommunityDifference::people,
        (_, was, _, is) -> was.name().equals(is.name()));
  }

  /** Whether a gateway that stood in the one now stands in the other. */
  private static boolean movedWith(
      CommunityDifference from, CommunityDifference to, Building was, Building is) {
    Set<String> left =
        from.gateways().removed().stream()
            .filter(gateway -> gateway.item().building().equals(was.id()))
            .map(SectionDifference.Removed::id)
            .collect(Collectors.toSet());
    return to.gateways().added().stream()
        .anyMatch(
            gateway -> gateway.item().building().equals(is.id()) && left.contains(gateway.id()));
  }

  private <T> void moved(
      Section name, Function<CommunityDifference, SectionDifference<T>> section, IsSame<T> isSame) {
    Map<String, List<Arrived<T>>> arrived = new HashMap<>();
    for (CommunityDifference to : communities) {
      section
          .apply(to)
          .added()
          .forEach(
              added ->
                  arrived
                      .computeIfAbsent(added.id(), _ -> new ArrayList<>())
                      .add(new Arrived<>(to, added.item())));
    }
    for (CommunityDifference from : communities) {
      for (SectionDifference.Removed<T> gone : section.apply(from).removed()) {
        List<Arrived<T>> candidates =
            arrived.getOrDefault(gone.id(), List.of()).stream()
                .filter(there -> isSame.test(from, gone.item(), there.at(), there.item()))
                .limit(2)
                .toList();
        if (candidates.size() == 1) {
          Item was = new Item(from.id(), name, gone.id());
          Item is = new Item(candidates.getFirst().at().id(), name, gone.id());
          moved.add(was);
          moved.add(is);
          found.add(new Likeness(was, is, Likeness.By.ID));
        }
      }
    }
  }

  private void findRenamed(CommunityDifference community) {
    CommunityPlan before = community.before();
    CommunityPlan after = community.after();
    if (before == null || after == null) {
      return;
    }
    renamed(
        community,
        community.grids(),
        grid -> grid.name().toString(),
        plan -> plan.buildings().stream().collect(Collectors.toMap(Building::id, Building::grid)));
    renamed(
        community,
        community.buildings(),
        building -> building.name().toString(),
        plan ->
            Stream.concat(
                    plan.gateways().stream()
                        .map(gateway -> Map.entry("gateway " + gateway.id(), gateway.building())),
                    plan.devices().stream()
                        .map(device -> Map.entry("device " + device.id(), device.building())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    renamed(
        community,
        community.gateways(),
        Likenesses::noName,
        plan ->
            plan.devices().stream()
                .collect(
                    Collectors.toMap(
                        device -> device.id().value(), device -> device.gateway().value())));
    renamed(community, community.devices(), Likenesses::nameOf, _ -> Map.of());
    renamed(community, community.people(), Person::name, _ -> Map.of());
  }

  private static @Nullable String noName(Gateway gateway) {
    return null;
  }

  private static String nameOf(Device device) {
    return device.kind() + " " + device.name();
  }

  /**
   * @param name what an item is called; null if it has no name
   * @param parts what belongs to which of the items, by its id
   */
  private <T> void renamed(
      CommunityDifference community,
      SectionDifference<T> section,
      Function<T, @Nullable String> name,
      Function<CommunityPlan, Map<String, String>> parts) {
    Map<String, T> gone = new TreeMap<>();
    section.removed().forEach(one -> gone.put(one.id(), one.item()));
    Map<String, T> come = new TreeMap<>();
    section.added().forEach(one -> come.put(one.id(), one.item()));
    gone.keySet().removeIf(id -> moved.contains(new Item(community.id(), section.section(), id)));
    come.keySet().removeIf(id -> moved.contains(new Item(community.id(), section.section(), id)));
    if (gone.isEmpty() || come.isEmpty()) {
      return;
    }
    Map<String, String> byParts = followed(community, gone.keySet(), come.keySet(), parts);
    Map<String, String> byName = ofOneName(gone, come, name);
    for (String was : gone.keySet()) {
      String withParts = byParts.get(was);
      String withName = byName.get(was);
      String is = withParts == null ? withName : withParts;
      if (is != null) {
        found.add(
            new Likeness(
                new Item(community.id(), section.section(), was),
                new Item(community.id(), section.section(), is),
                withParts == null ? Likeness.By.NAME : Likeness.By.PARTS));
      }
    }
  }

  private static Map<String, String> followed(
      CommunityDifference community,
      Set<String> gone,
      Set<String> come,
      Function<CommunityPlan, Map<String, String>> parts) {
    if (community.before() == null || community.after() == null) {
      return Map.of();
    }
    Map<String, String> after = parts.apply(community.after());
    Map<String, Map<String, Integer>> votes = new HashMap<>();
    parts
        .apply(community.before())
        .forEach(
            (part, was) -> {
              String is = after.get(part);
              if (is != null && gone.contains(was)) {
                votes.computeIfAbsent(was, _ -> new HashMap<>()).merge(is, 1, Integer::sum);
              }
            });
    Map<String, String> followed = new HashMap<>();
    votes.forEach(
        (was, byTarget) -> {
          int all = byTarget.values().stream().mapToInt(Integer::intValue).sum();
          byTarget.forEach(
              (is, some) -> {
                if (some * 2 > all && come.contains(is)) {
                  followed.put(was, is);
                }
              });
        });
    return followed;
  }

  private static <T> Map<String, String> ofOneName(
      Map<String, T> gone, Map<String, T> come, Function<T, @Nullable String> name) {
    Map<String, List<String>> were = byName(gone, name);
    Map<String, List<String>> are = byName(come, name);
    Map<String, String> same = new HashMap<>();
    were.forEach(
        (called, ids) -> {
          List<String> candidates = are.getOrDefault(called, List.of());
          if (ids.size() == 1 && candidates.size() == 1) {
            same.put(ids.getFirst(), candidates.getFirst());
          }
        });
    return same;
  }

  private static <T> Map<String, List<String>> byName(
      Map<String, T> items, Function<T, @Nullable String> name) {
    Map<String, List<String>> byName = new HashMap<>();
    items.forEach(
        (id, item) -> {
          String called = name.apply(item);
          if (called != null) {
            byName.computeIfAbsent(called, _ -> new ArrayList<>()).add(id);
          }
        });
    return byName;
  }
}
