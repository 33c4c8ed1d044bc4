package org.linli.hub.organisation;

import java.util.List;
import org.linli.hub.registry.BilingualName;

/** The content of an organisation file; all references in it are resolved. */
public record OrganisationPlan(
    BilingualName platform,
    List<City> cities,
    List<SubDistrict> subDistricts,
    List<Department> departments,
    List<Firm> firms) {

  /** A platform with its communities directly below it: that of a hub without the file. */
  public static final OrganisationPlan NONE =
      new OrganisationPlan(
          new BilingualName("邻里", "Linli"), List.of(), List.of(), List.of(), List.of());

  public OrganisationPlan {
    cities = List.copyOf(cities);
    subDistricts = List.copyOf(subDistricts);
    departments = List.copyOf(departments);
    firms = List.copyOf(firms);
  }
}
