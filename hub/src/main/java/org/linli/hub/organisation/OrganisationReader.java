package org.linli.hub.organisation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.event.Kind;
import org.linli.hub.registry.BilingualName;
import org.linli.hub.registry.Building;
import org.linli.hub.registry.CommunityRegistry;
import org.linli.hub.registry.Grid;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.file.PlanParsers;
import org.linli.program.Closest;
import org.linli.program.yaml.Parsers;
import org.linli.program.yaml.YamlFields;

/**
 * Reads an organisation file. A city has no parent and a sub-district names its city, so nothing
 * can be above itself.
 */
final class OrganisationReader {

  private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 -]{1,23}[0-9]");

  private final Registry registry;
  private final Set<String> cityIds = new HashSet<>();
  private final Set<String> subDistrictIds = new HashSet<>();
  private final Set<String> departmentIds = new HashSet<>();
  private final Set<String> firmIds = new HashSet<>();
  private final Map<CommunityId, String> subDistrictOf = new HashMap<>();

  OrganisationReader(Registry registry) {
    this.registry = registry;
  }

  /** Returns the plan, without what has a problem. */
  OrganisationPlan read(YamlFields file) {
    BilingualName platform = OrganisationPlan.NONE.platform();
    YamlFields named = file.has("platform") ? file.needMapping("platform", List.of("name")) : null;
    BilingualName name = named == null ? null : PlanParsers.bilingualName(named);
    List<City> cities = new ArrayList<>();
    for (YamlFields fields : file.mappings("cities", false, List.of("id", "name"))) {
      addTo(cities, city(fields));
    }
    List<SubDistrict> subDistricts = new ArrayList<>();
    for (YamlFields fields :
        file.mappings("subDistricts", false, List.of("id", "city", "name", "communities"))) {
      addTo(subDistricts, subDistrict(fields));
    }
    List<Department> departments = new ArrayList<>();
    for (YamlFields fields :
        file.mappings(
            "departments", false, List.of("id", "at", "name", "matters", "phone", "email"))) {
      addTo(departments, department(fields));
    }
    List<Firm> firms = new ArrayList<>();
    for (YamlFields fields :
        file.mappings("firms", false, List.of("id", "name", "kinds", "serves", "phone", "email"))) {
      addTo(firms, firm(fields));
    }
    return new OrganisationPlan(
        name == null ? platform : name, cities, subDistricts, departments, firms);
  }

  private static <T> void addTo(List<T> items, @Nullable T item) {
    if (item != null) {
      items.add(item);
    }
  }

  private @Nullable City city(YamlFields fields) {
    String id = fields.need("id", PlanParsers.fresh(PlanParsers::id, cityIds));
    BilingualName name = PlanParsers.bilingualName(fields);
    return id == null || name == null ? null : new City(id, name);
  }

  private @Nullable SubDistrict subDistrict(YamlFields fields) {
    String id = fields.need("id", PlanParsers.fresh(PlanParsers::id, subDistrictIds));
    String city = fields.need("city", PlanParsers.reference("city", "cities", cityIds));
    BilingualName name = PlanParsers.bilingualName(fields);
    List<CommunityId> communities =
        fields.needList("communities", text -> communityOf(text, String.valueOf(id)));
    return id == null || city == null || name == null || communities == null
        ? null
        : new SubDistrict(id, city, name, communities);
  }

  /** A text that is twice in one list is noted by the list. */
  private CommunityId communityOf(String text, String subDistrict) {
    List<String> known =
        registry.communities().stream().map(community -> community.id().value()).toList();
    if (!known.contains(text)) {
      throw unknown(text, "community", known, "add its file to the folder");
    }
    CommunityId id = new CommunityId(text);
    String first = subDistrictOf.putIfAbsent(id, subDistrict);
    if (first != null && !first.equals(subDistrict)) {
      throw Parsers.wrong(
          text,
          "the sub-district %s has it too; a community is in one, so remove it from one of them."
              .formatted(first));
    }
    return id;
  }

  private @Nullable Department department(YamlFields fields) {
    String id = fields.need("id", PlanParsers.fresh(PlanParsers::id, departmentIds));
    NodeId at = fields.need("at", this::cityOrSubDistrict);
    BilingualName name = PlanParsers.bilingualName(fields);
    List<String> matters = fields.needList("matters", PlanParsers::id);
    Contact contact = contact(fields);
    return id == null || at == null || name == null || matters == null || contact == null
        ? null
        : new Department(id, at, name, matters, contact.phone(), contact.email());
  }

  private @Nullable Firm firm(YamlFields fields) {
    String id = fields.need("id", PlanParsers.fresh(PlanParsers::id, firmIds));
    BilingualName name = PlanParsers.bilingualName(fields);
    List<Kind> kinds = fields.needList("kinds", Parsers.oneOf(Kind.values(), Kind::wireName));
    List<NodeId> serves = fields.needList("serves", this::node);
    Contact contact = contact(fields);
    return id == null || name == null || kinds == null || serves == null || contact == null
        ? null
        : new Firm(id, name, Set.copyOf(kinds), serves, contact.phone(), contact.email());
  }

  private NodeId cityOrSubDistrict(String text) {
    NodeId node = node(text);
    if (node.level() != Level.CITY && node.level() != Level.SUB_DISTRICT) {
      throw Parsers.wrong(
          text,
          "a department is at a city or a sub-district, as in city/jiayuguan or"
              + " sub-district/xincheng.");
    }
    return node;
  }

  private NodeId node(String text) {
    NodeId node = Parsers.by(NodeId::parse).apply(text);
    boolean exists =
        switch (node.level()) {
          case PLATFORM -> true;
          case CITY -> cityIds.contains(node.id());
          case SUB_DISTRICT -> subDistrictIds.contains(node.id());
          case COMMUNITY, GRID, BUILDING -> Places.has(registry, node);
        };
    if (!exists) {
      throw unknown(text, node.level().wireName(), known(node.level()), "add it");
    }
    return node;
  }

  private List<String> known(Level level) {
    Stream<String> ids =
        switch (level) {
          case PLATFORM -> Stream.empty();
          case CITY -> cityIds.stream();
          case SUB_DISTRICT -> subDistrictIds.stream();
          case COMMUNITY -> registry.communities().stream().map(each -> each.id().value());
          case GRID ->
              registry.communities().stream()
                  .flatMap(each -> within(each, each.grids().stream().map(Grid::id)));
          case BUILDING ->
              registry.communities().stream()
                  .flatMap(each -> within(each, each.buildings().stream().map(Building::id)));
        };
    return ids.map(id -> new NodeId(level, id).toString()).toList();
  }

  private static Stream<String> within(CommunityRegistry community, Stream<String> ids) {
    return ids.map(id -> community.id() + "/" + id);
  }

  private static IllegalArgumentException unknown(
      String text, String what, Collection<String> known, String otherwise) {
    String closest = Closest.to(text, known);
    return Parsers.wrong(
        text,
        "there is no such %s%s; correct it or %s."
            .formatted(what, closest == null ? "" : " (did you mean " + closest + "?)", otherwise));
  }

  /** How somebody is reached: by at least one of these. */
  private record Contact(@Nullable String phone, @Nullable String email) {}

  private static @Nullable Contact contact(YamlFields fields) {
    String phone = fields.may("phone", OrganisationReader::phone);
    String email = fields.may("email", PlanParsers::email);
    if (!fields.has("phone") && !fields.has("email")) {
      fields.problem("phone", "is missing; add it, or an email: somebody has to be called.");
      return null;
    }
    return new Contact(phone, email);
  }

  private static String phone(String text) {
    if (!PHONE.matcher(text).matches()) {
      throw Parsers.wrong(
          text, "write 3 to 25 digits, spaces and hyphens, such as \"0937-6220000\" or 119.");
    }
    return text;
  }
}
