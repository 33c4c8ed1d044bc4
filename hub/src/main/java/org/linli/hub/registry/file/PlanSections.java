package org.linli.hub.registry.file;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.hub.registry.BilingualName;
import org.linli.hub.registry.Building;
import org.linli.hub.registry.Community;
import org.linli.hub.registry.CommunityPlan;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.DutyShift;
import org.linli.hub.registry.Gateway;
import org.linli.hub.registry.Grid;
import org.linli.hub.registry.Interval;
import org.linli.hub.registry.Person;
import org.linli.program.yaml.YamlScalar;

/** How each item of a plan is written. {@link PlanReader} reads the same fields. */
public final class PlanSections {

  public static final PlanSection<Grid> GRIDS =
      new PlanSection<>(
          Section.GRIDS,
          CommunityPlan::grids,
          Grid::id,
          grid ->
              List.of(
                  text("id", grid.id()),
                  name(grid.name()),
                  new PlanField("households", Integer.toString(grid.households()))));

  public static final PlanSection<Building> BUILDINGS =
      new PlanSection<>(
          Section.BUILDINGS,
          CommunityPlan::buildings,
          Building::id,
          building ->
              List.of(
                  text("id", building.id()),
                  text("grid", building.grid()),
                  name(building.name()),
                  new PlanField("floors", Integer.toString(building.floors()))));

  public static final PlanSection<Gateway> GATEWAYS =
      new PlanSection<>(
          Section.GATEWAYS,
          CommunityPlan::gateways,
          gateway -> gateway.id().value(),
          gateway ->
              List.of(text("id", gateway.id().value()), text("building", gateway.building())));

  public static final PlanSection<Device> DEVICES =
      new PlanSection<>(
          Section.DEVICES,
          CommunityPlan::devices,
          device -> device.id().value(),
          device ->
              present(
                  text("id", device.id().value()),
                  text("kind", device.kind().wireName()),
                  text("building", device.building()),
                  text("gateway", device.gateway().value()),
                  name(device.name()),
                  interval(device.expectEvery())));

  public static final PlanSection<Person> PEOPLE =
      new PlanSection<>(
          Section.PEOPLE,
          CommunityPlan::people,
          Person::id,
          person ->
              present(
                  text("id", person.id()),
                  text("name", person.name()),
                  text("role", person.role().wireName()),
                  person.grids().isEmpty() ? null : list("grids", person.grids()),
                  person.email() == null ? null : text("email", person.email()),
                  text("language", person.language().wireName())));

  public static final PlanSection<DutyShift> DUTY =
      new PlanSection<>(
          Section.DUTY,
          CommunityPlan::duty,
          shift ->
              "%s %s %s %s-%s"
                  .formatted(
                      shift.grid(),
                      shift.person(),
                      String.join(",", days(shift)),
                      shift.from(),
                      to(shift.to())),
          shift ->
              List.of(
                  text("grid", shift.grid()),
                  text("person", shift.person()),
                  list("days", days(shift)),
                  new PlanField("from", YamlScalar.quoted(shift.from().toString())),
                  new PlanField("to", YamlScalar.quoted(to(shift.to())))));

  /** The lists of a file, in the order in which they are written. */
  public static final List<PlanSection<?>> ALL =
      List.of(GRIDS, BUILDINGS, GATEWAYS, DEVICES, PEOPLE, DUTY);

  private PlanSections() {}

  /** Returns what is written of a community itself. */
  public static List<PlanField> community(Community community) {
    return List.of(
        text("id", community.id().value()),
        name(community.name()),
        text("zone", community.zone().getId()));
  }

  private static PlanField text(String key, String text) {
    return new PlanField(key, YamlScalar.of(text));
  }

  private static PlanField name(BilingualName name) {
    return new PlanField(
        "name", "{zh: %s, en: %s}".formatted(YamlScalar.of(name.zh()), YamlScalar.of(name.en())));
  }

  private static PlanField list(String key, Collection<String> texts) {
    return new PlanField(
        key, texts.stream().map(YamlScalar::of).collect(Collectors.joining(", ", "[", "]")));
  }

  private static @Nullable PlanField interval(@Nullable Duration interval) {
    return interval == null ? null : new PlanField("expectEvery", Interval.written(interval));
  }

  private static List<PlanField> present(@Nullable PlanField... fields) {
    List<PlanField> present = new ArrayList<>();
    for (PlanField field : fields) {
      if (field != null) {
        present.add(field);
      }
    }
    return present;
  }

  private static List<String> days(DutyShift shift) {
    return Stream.of(DayOfWeek.values())
        .filter(shift.days()::contains)
        .map(PlanParsers::written)
        .toList();
  }

  /** The midnight at the end of a day. */
  private static String to(LocalTime to) {
    return to.equals(LocalTime.MIDNIGHT) ? "24:00" : to.toString();
  }
}
