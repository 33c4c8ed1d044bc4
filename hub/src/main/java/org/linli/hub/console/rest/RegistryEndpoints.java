package org.linli.hub.console.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.hub.access.Caller;
import org.linli.hub.adoption.Adoption;
import org.linli.hub.adoption.Adoption.Sighted;
import org.linli.hub.adoption.NewHardware;
import org.linli.hub.adoption.RegistryChange;
import org.linli.hub.adoption.RegistryOutcome;
import org.linli.hub.adoption.Wanted;
import org.linli.hub.console.ActorNames;
import org.linli.hub.liveness.DeviceStatus;
import org.linli.hub.liveness.Liveness;
import org.linli.hub.registry.DeviceKey;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Adopting, changing and replacing devices. */
@RestController
@RequestMapping("/api/v1/devices/{id}")
@Tag(name = "registry")
class RegistryEndpoints {

  private final DeviceKeys keys;
  private final Adoption adoption;
  private final Liveness liveness;
  private final DeviceShapes shapes;
  private final ActorNames names;

  RegistryEndpoints(
      DeviceKeys keys,
      Adoption adoption,
      Liveness liveness,
      DeviceShapes shapes,
      ActorNames names) {
    this.keys = keys;
    this.adoption = adoption;
    this.liveness = liveness;
    this.shapes = shapes;
    this.names = names;
  }

  /**
   * The desired properties of a device.
   *
   * @param id another id than it has; left out to keep it
   * @param building the building it stands in; required to adopt
   * @param name in both languages; required to adopt
   * @param kind left out for what it seems to be
   * @param expectEvery how often it reports when it is well, such as 10m; left out for nothing
   * @param by the person's id in the community file; required with the API token, refused with a
   *     session, which already identifies the person
   */
  @Schema(name = "WantedDevice")
  record WantedShape(
      @Nullable String id,
      @Nullable String building,
      @Nullable WantedName name,
      @Nullable String kind,
      @Nullable String expectEvery,
      @Nullable String by) {

    static final WantedShape NOTHING = new WantedShape(null, null, null, null, null, null);

    Wanted wanted() {
      return new Wanted(
          id,
          building,
          name == null ? null : name.zh(),
          name == null ? null : name.en(),
          kind,
          expectEvery);
    }
  }

  /** The desired name, in both languages. */
  @Schema(name = "WantedName")
  record WantedName(@Nullable String zh, @Nullable String en) {}

  /**
   * The hardware that replaces the old one: an unassigned device, or the address that it will use.
   *
   * @param with an unassigned device's id
   * @param gateway the gateway that will hear it; left out for the device's
   * @param profile the equipment profile that reads it, such as zigbee2mqtt
   * @param address the address that it uses in that format
   * @param by as for adopting
   */
  @Schema(name = "Replacement")
  record ReplacementShape(
      @Nullable String with,
      @Nullable String gateway,
      @Nullable String profile,
      @Nullable String address,
      @Nullable String by) {

    static final ReplacementShape NOTHING = new ReplacementShape(null, null, null, null, null);
  }

  /**
   * A change of a device's registration.
   *
   * @param community whose device it is
   * @param by id of the actor that made it
   * @param actor the same, with kind and name
   * @param through the program that made it on behalf of the actor; null if the actor made it
   * @param what adopted, changed or replaced
   */
  @Schema(name = "RegistryChange")
  record ChangeShape(
      String community,
      Instant at,
      String by,
      ActorShape actor,
      @Nullable ActorShape through,
      String what,
      String detail) {

    static ChangeShape of(CommunityId community, RegistryChange change, ActorNames names) {
      return new ChangeShape(
          community.value(),
          change.at(),
          change.by().actor().id(),
          ActorShape.of(change.by().actor(), names),
          ActorShape.ofNullable(change.by().through(), names),
          change.what().wireName(),
          change.detail());
    }
  }

  @PostMapping("/adopt")
  @Operation(
      summary = "Make a registered device of an unassigned one",
      description = "A supervisor or maintenance may; what is done holds at once.")
  DeviceShape adopt(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String community,
      @RequestBody(required = false) @Nullable WantedShape body,
      @AuthenticationPrincipal Caller caller) {
    DeviceKey device = keys.ofPath(id, community);
    WantedShape given = body == null ? WantedShape.NOTHING : body;
    Sighted sighted =
        liveness
            .device(device)
            .filter(DeviceStatus::unassigned)
            .map(status -> new Sighted(status.gateway(), status.kind()))
            .orElse(null);
    return shape(
        adoption.adopt(
            device, given.wanted(), Authors.of(given.by(), device.community(), caller), sighted));
  }

  @PostMapping("/change")
  @Operation(
      summary = "Change what an adopted device is and where it stands",
      description = "What is left out stays. A device of the community file is changed there.")
  DeviceShape change(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String community,
      @RequestBody(required = false) @Nullable WantedShape body,
      @AuthenticationPrincipal Caller caller) {
    DeviceKey device = keys.ofPath(id, community);
    WantedShape given = body == null ? WantedShape.NOTHING : body;
    return shape(
        adoption.change(
            device, given.wanted(), Authors.of(given.by(), device.community(), caller)));
  }

  @PostMapping("/replace")
  @Operation(
      summary = "Put new hardware behind a registered device, which keeps its history",
      description =
          "Name an unassigned device in 'with', or the hardware's profile and address. What the"
              + " old hardware says from then on is another, unassigned device's.")
  DeviceShape replace(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String community,
      @RequestBody(required = false) @Nullable ReplacementShape body,
      @AuthenticationPrincipal Caller caller) {
    DeviceKey device = keys.ofPath(id, community);
    ReplacementShape given = body == null ? ReplacementShape.NOTHING : body;
    return shape(
        adoption.replace(
            device,
            new NewHardware(given.with(), given.gateway(), given.profile(), given.address()),
            Authors.of(given.by(), device.community(), caller)));
  }

  @GetMapping("/changes")
  @Operation(summary = "Who changed what at a device's registration, oldest first")
  Listed<ChangeShape> changes(
      @PathVariable String id, @RequestParam(required = false) @Nullable String community) {
    DeviceKey device = keys.ofPath(id, community);
    return Listed.all(
        adoption.changes(device).stream()
            .map(change -> ChangeShape.of(device.community(), change, names))
            .toList());
  }

  private DeviceShape shape(RegistryOutcome outcome) {
    return switch (outcome) {
      case RegistryOutcome.Done done -> liveness.device(done.key()).map(shapes::of).orElseThrow();
      case RegistryOutcome.NotFound(String why) -> throw RefusedRequestException.notFound(why);
      case RegistryOutcome.Conflict(String field, String why) ->
          throw RefusedRequestException.conflict(field, why);
      case RegistryOutcome.Refused(String field, String why) ->
          throw RefusedRequestException.badField(field, why);
      case RegistryOutcome.NotAllowed(String field, String why) ->
          throw RefusedRequestException.forbidden(field, why);
    };
  }
}
