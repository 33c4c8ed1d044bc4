package org.linli.hub.console.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.event.Kind;
import org.linli.hub.organisation.Department;
import org.linli.hub.organisation.Firm;
import org.linli.hub.organisation.GridHint;
import org.linli.hub.organisation.NodeId;
import org.linli.hub.organisation.Organisation;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The organisation as a tree, with the departments and firms beside it. */
@RestController
@RequestMapping("/api/v1/organisation")
@Tag(name = "registry")
class OrganisationEndpoints {

  private final Organisation organisation;
  private final OrganisationTree tree;

  OrganisationEndpoints(Organisation organisation, OrganisationTree tree) {
    this.organisation = organisation;
    this.tree = tree;
  }

  /**
   * The organisation, or a part of it.
   *
   * @param departments those that answer for anything of it
   * @param firms those that serve anything of it
   */
  @Schema(name = "Organisation")
  record OrganisationShape(
      NodeShape tree, List<DepartmentShape> departments, List<FirmShape> firms) {}

  /**
   * A node of the organisation.
   *
   * @param node its name for the whole hub, such as sub-district/xincheng
   * @param households of a grid and all above it; null for a building
   * @param hints what is worth a look; of grids only
   */
  @Schema(name = "OrganisationNode")
  record NodeShape(
      String node,
      String level,
      String id,
      NameShape name,
      @Nullable Integer households,
      List<HintShape> hints,
      List<NodeShape> children) {}

  /** What is worth a look; no error. */
  @Schema(name = "Hint")
  record HintShape(String hint, NameShape words) {

    static HintShape of(GridHint hint) {
      return new HintShape(hint.wireName(), new NameShape(hint.zh(), hint.en()));
    }
  }

  @Schema(name = "Department")
  record DepartmentShape(
      String id,
      String at,
      NameShape name,
      List<String> matters,
      @Nullable String phone,
      @Nullable String email) {

    static DepartmentShape of(Department department) {
      return new DepartmentShape(
          department.id(),
          department.at().toString(),
          NameShape.of(department.name()),
          department.matters(),
          department.phone(),
          department.email());
    }
  }

  @Schema(name = "Firm")
  record FirmShape(
      String id,
      NameShape name,
      List<String> kinds,
      List<String> serves,
      @Nullable String phone,
      @Nullable String email) {

    static FirmShape of(Firm firm) {
      return new FirmShape(
          firm.id(),
          NameShape.of(firm.name()),
          firm.kinds().stream().sorted().map(Kind::wireName).toList(),
          firm.serves().stream().map(NodeId::toString).toList(),
          firm.phone(),
          firm.email());
    }
  }

  @GetMapping
  @Operation(
      summary = "Platform, cities, sub-districts, communities, grids and buildings as a tree")
  OrganisationShape organisation(
      @Parameter(description = "Only this node and what is below it, as sub-district/xincheng.")
          @RequestParam(required = false)
          @Nullable String under) {
    NodeId asked = Parameters.value("under", under, NodeId::parse);
    NodeId node = asked == null ? NodeId.PLATFORM : asked;
    return new OrganisationShape(
        tree.find(node)
            .orElseThrow(
                () ->
                    RefusedRequestException.badField(
                        "under",
                        "The parameter 'under' names no node; write one of those in"
                            + " /api/v1/organisation.")),
        organisation.departmentsOf(node).stream().map(DepartmentShape::of).toList(),
        organisation.firmsOf(node).stream().map(FirmShape::of).toList());
  }
}
