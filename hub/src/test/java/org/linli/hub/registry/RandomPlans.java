package org.linli.hub.registry;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.event.Kind;

/**
 * Communities as any file could have them, from few ids and names, so that two of them have much in
 * common.
 */
public final class RandomPlans {

  private static final List<String> NAMES =
      List.of(
          "门",
          "Main door",
          "1号楼",
          "602",
          "true",
          "No",
          "~",
          "12:30",
          "1e3",
          "a: b",
          "a #b",
          "- a",
          " a ",
          "a  b",
          "\"a\"",
          "\\n",
          "（一）",
          "😀",
          "a\u00A0b",
          "a\u2028b",
          "\uFEFFa",
          "\uD800",
          "{a}",
          "[a]",
          "&a",
          "*a",
          "!a",
          "%a",
          "@a",
          "'",
          "|",
          "a,b");
  private static final List<Integer> SECONDS = List.of(1, 59, 60, 90, 3_600, 86_400, 2_592_000);
  private static final List<String> ZONES = List.of("Asia/Shanghai", "UTC", "Etc/GMT+8", "GMT0");

  private final Random random;

  public RandomPlans(Random random) {
    this.random = random;
  }

  /** Returns some communities, each gateway in one of them. */
  public List<CommunityPlan> some() {
    Map<String, List<GatewayId>> gateways = new TreeMap<>();
    ids("a", 3).forEach(id -> gateways.put(id, new ArrayList<>()));
    List<String> communities = List.copyOf(gateways.keySet());
    if (!communities.isEmpty()) {
      for (String id : ids("gateway:", 5)) {
        gateways.computeIfPresent(
            one(communities),
            (_, its) -> {
              its.add(new GatewayId(id));
              return its;
            });
      }
    }
    List<CommunityPlan> plans = new ArrayList<>();
    gateways.forEach((id, its) -> plans.add(plan(new CommunityId(id), its)));
    Collections.shuffle(plans, random);
    return plans;
  }

  private CommunityPlan plan(CommunityId id, List<GatewayId> gatewayIds) {
    List<String> grids = atLeastOne(numbered("grid-", 4));
    List<String> buildings = atLeastOne(numbered("b", 4));
    List<Gateway> gateways =
        gatewayIds.stream().map(gateway -> new Gateway(gateway, one(buildings))).toList();
    List<Person> people = ids("person.", 4).stream().map(person -> person(person, grids)).toList();
    return new CommunityPlan(
        new Community(id, name(), ZoneId.of(one(ZONES))),
        grids.stream().map(grid -> new Grid(grid, name(), 1 + random.nextInt(3))).toList(),
        buildings.stream()
            .map(building -> new Building(building, one(grids), name(), 1 + random.nextInt(3)))
            .toList(),
        gateways,
        gateways.isEmpty()
            ? List.of()
            : ids("设备@", 6).stream()
                .map(
                    device ->
                        new Device(
                            new DeviceId(device),
                            one(List.of(Kind.values())),
                            one(buildings),
                            one(gateways).id(),
                            name(),
                            random.nextBoolean() ? null : Duration.ofSeconds(one(SECONDS))))
                .toList(),
        people,
        people.isEmpty()
            ? List.of()
            : IntStream.range(0, random.nextInt(5)).mapToObj(_ -> shift(people, grids)).toList());
  }

  private Person person(String id, List<String> grids) {
    Role role = one(List.of(Role.values()));
    return new Person(
        id,
        one(NAMES),
        role,
        role == Role.GRID_WORKER || random.nextBoolean() ? atLeastOne(grids) : List.of(),
        random.nextBoolean() ? null : one(List.of("wang@example.org", "#'\u0085@a.b", "~@x.y")),
        one(List.of(Language.values())));
  }

  private DutyShift shift(List<Person> people, List<String> grids) {
    Person person = one(people);
    return new DutyShift(
        person.role() == Role.GRID_WORKER ? one(person.grids()) : one(grids),
        person.id(),
        random.nextBoolean()
            ? Set.of(DayOfWeek.MONDAY)
            : EnumSet.of(one(List.of(DayOfWeek.values())), one(List.of(DayOfWeek.values()))),
        LocalTime.of(random.nextInt(2), 0),
        LocalTime.of(random.nextInt(2), random.nextInt(2)));
  }

  private BilingualName name() {
    return new BilingualName(one(NAMES), one(NAMES));
  }

  private List<String> ids(String before, int most) {
    return some(numbered(before, most));
  }

  private List<String> atLeastOne(List<String> all) {
    List<String> some = some(all);
    return some.isEmpty() ? List.of(one(all)) : some;
  }

  private static List<String> numbered(String before, int most) {
    return IntStream.rangeClosed(1, most).mapToObj(number -> before + number).toList();
  }

  private <T> List<T> some(List<T> all) {
    List<T> shuffled = new ArrayList<>(all);
    if (random.nextInt(3) == 0) {
      Collections.shuffle(shuffled, random);
    }
    shuffled.removeIf(_ -> random.nextInt(4) == 0);
    return shuffled;
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
