package org.linli.hub.console.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.hub.access.Caller;
import org.linli.hub.alert.ActionOutcome;
import org.linli.hub.alert.Alert;
import org.linli.hub.alert.AlertPage;
import org.linli.hub.alert.AlertQuery;
import org.linli.hub.alert.AlertSource;
import org.linli.hub.alert.AlertState.Handled;
import org.linli.hub.alert.AlertStatus;
import org.linli.hub.alert.Alerts;
import org.linli.hub.alert.Channel;
import org.linli.hub.console.ActorNames;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.linli.hub.registry.CommunityRegistry;
import org.linli.hub.registry.Registry;
import org.linli.rules.Severity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Alerts, and the actions of people on them. */
@RestController
@RequestMapping("/api/v1/alerts")
@Tag(name = "alerts")
class AlertEndpoints {

  private static final Pattern ID = Pattern.compile("[0-9a-z]{1,40}");

  private final Alerts alerts;
  private final Registry registry;
  private final ActorNames names;

  AlertEndpoints(Alerts alerts, Registry registry, ActorNames names) {
    this.alerts = alerts;
    this.registry = registry;
    this.names = names;
  }

  /**
   * A person's action.
   *
   * @param by the person's id in the community file; required with the API token, refused with a
   *     session, which already identifies the person
   * @param community whose person that is; only for an alert of no community, if several have a
   *     person of this id
   * @param comment at most {@value Alerts#MAX_COMMENT_LENGTH} characters
   */
  @Schema(name = "Action")
  record Action(@Nullable String by, @Nullable String community, @Nullable String comment) {

    static final Action WITHOUT_WORDS = new Action(null, null, null);
  }

  @GetMapping
  @Operation(summary = "Alerts, newest first")
  Listed<AlertShape> alerts(
      @Parameter(description = "Only alerts of this community.") @RequestParam(required = false)
          @Nullable String community,
      @Parameter(description = "open, acknowledged or resolved; several with commas.")
          @RequestParam(required = false)
          @Nullable String status,
      @Parameter(description = "critical, major, minor or warning; several with commas.")
          @RequestParam(required = false)
          @Nullable String severity,
      @RequestParam(required = false) @Nullable String grid,
      @Parameter(description = "Kind of equipment, as access or elevator, or gateway.")
          @RequestParam(required = false)
          @Nullable String kind,
      @Parameter(description = "1 to 500, otherwise 100.") @RequestParam(required = false)
          @Nullable String limit,
      @Parameter(description = "'next' of the page before.") @RequestParam(required = false)
          @Nullable String cursor) {
    CommunityId within = Parameters.community(community, registry);
    Parameters.knownGrid(grid, within, registry);
    AlertPage page =
        alerts.list(
            new AlertQuery(
                within,
                Parameters.someOf("status", status, AlertStatus.class, AlertStatus::ofWireName),
                Parameters.someOf("severity", severity, Severity.class, AlertEndpoints::severityOf),
                grid,
                Parameters.oneOfNames("kind", kind, AlertSource.kinds()),
                cursorOf(cursor),
                Parameters.limit(limit, AlertQuery.MAX_LIMIT)));
    return new Listed<>(
        page.items().stream().map(alert -> AlertShape.of(alert, names)).toList(), page.next());
  }

  private static Optional<Severity> severityOf(String name) {
    return Arrays.stream(Severity.values())
        .filter(severity -> severity.wireName().equals(name))
        .findFirst();
  }

  private static @Nullable String cursorOf(@Nullable String cursor) {
    if (cursor != null && !ID.matcher(cursor).matches()) {
      throw RefusedRequestException.badField(
          "cursor", "The parameter 'cursor' is not one that this list gave.");
    }
    return cursor;
  }

  @GetMapping("/{id}")
  @Operation(summary = "One alert with its timeline")
  AlertShape alert(@PathVariable String id) {
    return alerts
        .find(id)
        .map(alert -> AlertShape.of(alert, names))
        .orElseThrow(AlertEndpoints::unknown);
  }

  @PostMapping("/{id}/acknowledge")
  @Operation(summary = "Say that somebody is handling it")
  AlertShape acknowledge(
      @PathVariable String id,
      @RequestBody(required = false) @Nullable Action action,
      @AuthenticationPrincipal Caller caller) {
    Action given = orNone(action);
    return shape(
        alerts.acknowledge(id, author(id, given, caller), channel(caller), given.comment()));
  }

  @PostMapping("/{id}/resolve")
  @Operation(summary = "Close it; the same cause opens a new alert when it is reported again")
  AlertShape resolve(
      @PathVariable String id,
      @RequestBody(required = false) @Nullable Action action,
      @AuthenticationPrincipal Caller caller) {
    Action given = orNone(action);
    return shape(alerts.resolve(id, author(id, given, caller), channel(caller), given.comment()));
  }

  @PostMapping("/{id}/comment")
  @Operation(summary = "Add a remark, whatever the alert's state")
  AlertShape comment(
      @PathVariable String id,
      @RequestBody(required = false) @Nullable Action action,
      @AuthenticationPrincipal Caller caller) {
    Action given = orNone(action);
    String comment = given.comment();
    if (comment == null) {
      throw RefusedRequestException.badField("comment", "The field 'comment' is missing.");
    }
    return shape(alerts.comment(id, author(id, given, caller), channel(caller), comment));
  }

  /** The person is one of the alert's community; for an alert of none, of any that has them. */
  private Author author(String id, Action given, Caller caller) {
    Alert alert = alerts.find(id).orElseThrow(AlertEndpoints::unknown);
    CommunityId its = alert.cause().source().community();
    return Authors.of(given.by(), its == null ? communityOf(given) : its, caller);
  }

  private CommunityId communityOf(Action given) {
    CommunityId said = Parameters.community(given.community(), registry);
    String by = given.by();
    List<CommunityId> theirs =
        said != null
            ? List.of(said)
            : registry.communities().stream()
                .filter(community -> by != null && community.findPerson(by).isPresent())
                .map(CommunityRegistry::id)
                .toList();
    if (theirs.size() > 1) {
      throw RefusedRequestException.conflict(
          "community",
          "There is a person %s in the communities %s: say which in the field 'community'."
              .formatted(by, Parameters.listed(theirs)));
    }
    return theirs.isEmpty() ? registry.communities().getFirst().id() : theirs.getFirst();
  }

  private static Action orNone(@Nullable Action action) {
    return action == null ? Action.WITHOUT_WORDS : action;
  }

  private static Channel channel(Caller caller) {
    return switch (caller) {
      case Caller.Automation() -> Channel.API;
      case Caller.Person _ -> Channel.CONSOLE;
    };
  }

  private AlertShape shape(ActionOutcome outcome) {
    return switch (outcome) {
      case ActionOutcome.Done(var alert) -> AlertShape.of(alert, names);
      case ActionOutcome.NotFound(_) -> throw unknown();
      case ActionOutcome.Conflict(var what, Handled handled) ->
          throw RefusedRequestException.conflict(
              "The alert was already %s by %s at %s."
                  .formatted(what, named(handled.by()), handled.at()));
      case ActionOutcome.Refused(String field, String why) ->
          throw RefusedRequestException.badField(field, why);
    };
  }

  private String named(Actor actor) {
    String id = actor.kind().wireName() + " " + actor.id();
    return names.nameOf(actor).map(name -> name + " (" + id + ")").orElse(id);
  }

  private static RefusedRequestException unknown() {
    return RefusedRequestException.notFound("There is no alert with this id.");
  }
}
