package org.linli.hub.registry.change;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.hub.registry.Building;
import org.linli.hub.registry.CommunityPlan;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.DutyShift;
import org.linli.hub.registry.Gateway;
import org.linli.hub.registry.Grid;
import org.linli.hub.registry.Person;
import org.linli.hub.registry.file.PlanField;
import org.linli.hub.registry.file.PlanSection;
import org.linli.hub.registry.file.PlanSections;

/**
 * What differs in one community.
 *
 * @param before null if the community is new
 * @param after null if it is gone
 * @param fields what differs in the community itself
 */
public record CommunityDifference(
    CommunityId id,
    @Nullable CommunityPlan before,
    @Nullable CommunityPlan after,
    List<FieldChange> fields,
    SectionDifference<Grid> grids,
    SectionDifference<Building> buildings,
    SectionDifference<Gateway> gateways,
    SectionDifference<Device> devices,
    SectionDifference<Person> people,
    SectionDifference<DutyShift> duty) {

  public CommunityDifference {
    fields = List.copyOf(fields);
  }

  /**
   * @param before null if the community is new
   * @param after null if it is gone; not both
   */
  static CommunityDifference between(
      @Nullable CommunityPlan before, @Nullable CommunityPlan after) {
    CommunityPlan named = after == null ? Objects.requireNonNull(before) : after;
    return new CommunityDifference(
        named.community().id(),
        before,
        after,
        FieldChange.between(itself(before), itself(after)),
        section(PlanSections.GRIDS, before, after),
        section(PlanSections.BUILDINGS, before, after),
        section(PlanSections.GATEWAYS, before, after),
        section(PlanSections.DEVICES, before, after),
        section(PlanSections.PEOPLE, before, after),
        section(PlanSections.DUTY, before, after));
  }

  private static List<PlanField> itself(@Nullable CommunityPlan plan) {
    return plan == null ? List.of() : PlanSections.community(plan.community());
  }

  private static <T> SectionDifference<T> section(
      PlanSection<T> section, @Nullable CommunityPlan before, @Nullable CommunityPlan after) {
    return SectionDifference.between(
        section, items(section.items(), before), items(section.items(), after));
  }

  private static <T> List<T> items(
      Function<CommunityPlan, List<T>> section, @Nullable CommunityPlan plan) {
    return plan == null ? List.of() : section.apply(plan);
  }

  /** Returns all lists, in the order of a file. */
  public List<SectionDifference<?>> sections() {
    return List.of(grids, buildings, gateways, devices, people, duty);
  }

  /** Returns whether nothing differs. */
  public boolean isEmpty() {
    return fields.isEmpty() && sections().stream().allMatch(SectionDifference::isEmpty);
  }
}
