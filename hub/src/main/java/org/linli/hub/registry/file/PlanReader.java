package org.linli.hub.registry.file;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.hub.registry.BilingualName;
import org.linli.hub.registry.Building;
import org.linli.hub.registry.Community;
import org.linli.hub.registry.CommunityPlan;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.DutyShift;
import org.linli.hub.registry.Gateway;
import org.linli.hub.registry.Grid;
import org.linli.hub.registry.Language;
import org.linli.hub.registry.Person;
import org.linli.hub.registry.Role;
import org.linli.program.yaml.Parsers;
import org.linli.program.yaml.YamlFields;
import org.linli.program.yaml.YamlProblems;

/**
 * Turns the keys of a community file into a community. It continues after a problem, so that all
 * problems are found. A reference is read after its target, whatever the order of the file.
 */
final class PlanReader {

  private static final int MAX_HOUSEHOLDS = 100_000;
  private static final int MAX_FLOORS = 200;

  private final Claims claims;
  private final Set<String> gridIds = new HashSet<>();
  private final Set<String> buildingIds = new HashSet<>();
  private final Set<String> gatewayIds = new HashSet<>();
  private final Set<String> deviceIds = new HashSet<>();
  private final Set<String> personIds = new HashSet<>();
  private final Map<String, Person> people = new HashMap<>();

  /**
   * @param claims what the files before it claimed
   */
  PlanReader(Claims claims) {
    this.claims = claims;
  }

  /** Reads all files, in the order of their names; problems are noted. */
  static List<CommunityPlan> readAll(SortedMap<String, byte[]> files, YamlProblems problems) {
    Claims claims = new Claims();
    List<CommunityPlan> plans = new ArrayList<>();
    files.forEach(
        (name, content) ->
            Optional.ofNullable(CommunityFile.FORM.read(name, content, problems))
                .flatMap(new PlanReader(claims)::read)
                .ifPresent(plans::add));
    return plans;
  }

  /**
   * Returns the community; empty only if the community itself cannot be read. Other errors are
   * among the problems.
   */
  Optional<CommunityPlan> read(YamlFields file) {
    Community community = community(file);
    List<Grid> grids = new ArrayList<>();
    for (YamlFields fields : file.mappings("grids", true, List.of("id", "name", "households"))) {
      addTo(grids, grid(fields));
    }
    List<Building> buildings = new ArrayList<>();
    for (YamlFields fields :
        file.mappings("buildings", true, List.of("id", "grid", "name", "floors"))) {
      addTo(buildings, building(fields));
    }
    List<Gateway> gateways = new ArrayList<>();
    for (YamlFields fields : file.mappings("gateways", false, List.of("id", "building"))) {
      addTo(gateways, gateway(fields));
    }
    List<Device> devices = new ArrayList<>();
    for (YamlFields fields :
        file.mappings(
            "devices",
            false,
            List.of("id", "kind", "building", "gateway", "name", "expectEvery"))) {
      addTo(devices, device(fields));
    }
    List<Person> persons = new ArrayList<>();
    for (YamlFields fields :
        file.mappings(
            "people", false, List.of("id", "name", "role", "grids", "email", "language"))) {
      addTo(persons, person(fields));
    }
    List<DutyShift> duty = new ArrayList<>();
    for (YamlFields fields :
        file.mappings("duty", false, List.of("grid", "person", "days", "from", "to"))) {
      addTo(duty, shift(fields));
    }
    return community == null
        ? Optional.empty()
        : Optional.of(
            new CommunityPlan(community, grids, buildings, gateways, devices, persons, duty));
  }

  private static <T> void addTo(List<T> items, @Nullable T item) {
    if (item != null) {
      items.add(item);
    }
  }

  private @Nullable Community community(YamlFields file) {
    YamlFields fields = file.needMapping("community", List.of("id", "name", "zone"));
    if (fields == null) {
      return null;
    }
    CommunityId id =
        fields.need(
            "id",
            text ->
                claims.community(
                    Parsers.by(CommunityId::new).apply(PlanParsers.id(text)), fields.place()));
    BilingualName name = PlanParsers.bilingualName(fields);
    ZoneId zone = fields.need("zone", PlanParsers::zone);
    return id == null || name == null || zone == null ? null : new Community(id, name, zone);
  }

  private @Nullable Grid grid(YamlFields fields) {
    String id = fields.need("id", PlanParsers.fresh(PlanParsers::id, gridIds));
    BilingualName name = PlanParsers.bilingualName(fields);
    Integer households = fields.need("households", PlanParsers.count(MAX_HOUSEHOLDS));
    return id == null || name == null || households == null ? null : new Grid(id, name, households);
  }

  private @Nullable Building building(YamlFields fields) {
    String id = fields.need("id", PlanParsers.fresh(PlanParsers::id, buildingIds));
    String grid = fields.need("grid", PlanParsers.reference("grid", "grids", gridIds));
    BilingualName name = PlanParsers.bilingualName(fields);
    Integer floors = fields.need("floors", PlanParsers.count(MAX_FLOORS));
    return id == null || grid == null || name == null || floors == null
        ? null
        : new Building(id, grid, name, floors);
  }

  private @Nullable Gateway gateway(YamlFields fields) {
    GatewayId id =
        fields.need(
            "id",
            PlanParsers.fresh(Parsers.by(GatewayId::new), gatewayIds)
                .andThen(own -> claims.gateway(own, fields.place())));
    String building =
        fields.need("building", PlanParsers.reference("building", "buildings", buildingIds));
    return id == null || building == null ? null : new Gateway(id, building);
  }

  private @Nullable Device device(YamlFields fields) {
    DeviceId id = fields.need("id", PlanParsers.fresh(Parsers.by(DeviceId::new), deviceIds));
    Kind kind = fields.need("kind", Parsers.oneOf(Kind.values(), Kind::wireName));
    String building =
        fields.need("building", PlanParsers.reference("building", "buildings", buildingIds));
    String gateway =
        fields.need("gateway", PlanParsers.reference("gateway", "gateways", gatewayIds));
    BilingualName name = PlanParsers.bilingualName(fields);
    Duration expectEvery = fields.may("expectEvery", PlanParsers::interval);
    return id == null || kind == null || building == null || gateway == null || name == null
        ? null
        : new Device(id, kind, building, new GatewayId(gateway), name, expectEvery);
  }

  private @Nullable Person person(YamlFields fields) {
    String id = fields.need("id", PlanParsers.fresh(PlanParsers::id, personIds));
    String name = fields.need("name", PlanParsers::name);
    Role role = fields.need("role", Parsers.oneOf(Role.values(), Role::wireName));
    List<String> grids =
        role == Role.GRID_WORKER || fields.has("grids")
            ? fields.needList("grids", PlanParsers.reference("grid", "grids", gridIds))
            : List.of();
    String email = fields.may("email", PlanParsers::email);
    Language language =
        fields.may("language", Parsers.oneOf(Language.values(), Language::wireName));
    if (id == null || name == null || role == null || grids == null) {
      return null;
    }
    Person person =
        new Person(id, name, role, grids, email, language == null ? Language.ZH : language);
    people.putIfAbsent(id, person);
    return person;
  }

  private @Nullable DutyShift shift(YamlFields fields) {
    String grid = fields.need("grid", PlanParsers.reference("grid", "grids", gridIds));
    String person = fields.need("person", text -> onDuty(text, grid));
    List<DayOfWeek> days = fields.needList("days", PlanParsers::day);
    LocalTime from = fields.need("from", PlanParsers::from);
    LocalTime to = fields.need("to", PlanParsers::to);
    return grid == null || person == null || days == null || from == null || to == null
        ? null
        : new DutyShift(grid, person, EnumSet.copyOf(days), from, to);
  }

  private String onDuty(String text, @Nullable String grid) {
    String id = PlanParsers.reference("person", "people", personIds).apply(text);
    Person person = people.get(id);
    if (person != null
        && grid != null
        && person.role() == Role.GRID_WORKER
        && !person.grids().contains(grid)) {
      throw new IllegalArgumentException(
          "is %s, whose grids are %s; add %s to them or choose somebody else."
              .formatted(id, String.join(", ", person.grids()), grid));
    }
    return id;
  }
}
