package org.linli.hub.console.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.event.Values;
import org.linli.hub.alert.Alert;
import org.linli.hub.alert.AlertState.Handled;
import org.linli.hub.alert.TimelineEntry;
import org.linli.hub.console.ActorNames;
import org.linli.hub.people.Actor;

/**
 * An alert, as the API and the stream show it.
 *
 * @param community whose it is; null for what is about the hub or about a gateway of no community
 * @param device what it is about: a device, or for the kind {@code gateway} a gateway
 * @param key distinguishes the alerts of a device: at most one alert per key is not resolved
 * @param grid the grid of the device; null for a device that is in no file
 * @param severity critical, major, minor or warning (ITU-T X.733)
 * @param status open, acknowledged or resolved
 * @param event id of the event that opened it
 * @param values numbers, booleans and strings of that event, as far as they tell where, how much
 *     and how long, and do not identify a person, with {@code clock} and {@code defect} of a
 *     message that was not read in full; for the kinds {@code gateway} and {@code hub} what the hub
 *     detected, which the timeline says in words; null for an absence, and if they were not kept
 * @param count how often its cause was reported while it was not resolved
 * @param acknowledgedBy id of the actor that acknowledged it; null for nobody yet
 * @param acknowledgedActor the same, with kind and name
 * @param resolvedBy id of the actor that resolved it; null while it is not resolved
 * @param resolvedActor the same, with kind and name
 * @param workOrder the work order made of it; null for none
 */
@Schema(name = "Alert")
public record AlertShape(
    String id,
    @Nullable String community,
    String key,
    String device,
    String gateway,
    String kind,
    String type,
    @Nullable String grid,
    String severity,
    String status,
    boolean silenced,
    @Nullable String inhibitedBy,
    NameShape title,
    String event,
    @Nullable Map<String, Object> values,
    Instant happenedAt,
    Instant openedAt,
    Instant lastSeenAt,
    long count,
    @Nullable AssigneeShape assignee,
    @Nullable String acknowledgedBy,
    @Nullable ActorShape acknowledgedActor,
    @Nullable Instant acknowledgedAt,
    @Nullable String resolvedBy,
    @Nullable ActorShape resolvedActor,
    @Nullable Instant resolvedAt,
    @Nullable String workOrder,
    List<EntryShape> timeline) {

  /**
   * The person who is responsible for the alert, which does not mean that they were notified.
   *
   * @param community whose person that is
   * @param name the person's present name; the id if there is no such person any more
   */
  @Schema(name = "Assignee")
  public record AssigneeShape(String id, String community, String name) {}

  /**
   * One thing that was done.
   *
   * @param by id of the actor that did it: a person's, an account's, a device's or a gateway's;
   *     system is the hub
   * @param actor the same, with kind and name
   * @param through the program that did it on behalf of the actor; null if the actor did it
   * @param what opened, assigned, unassigned, acknowledged, commented or resolved
   * @param channel hub, console, api, or one that another package defines
   * @param text what was said; for assigned, the person's present name
   * @param whom the person who is responsible
   */
  @Schema(name = "TimelineEntry")
  public record EntryShape(
      Instant at,
      String by,
      ActorShape actor,
      @Nullable ActorShape through,
      String what,
      String channel,
      @Nullable String text,
      @Nullable String event,
      @Nullable ActorShape whom) {

    static EntryShape of(TimelineEntry entry, ActorNames names) {
      Actor.Person whom = entry.whom();
      return new EntryShape(
          entry.at(),
          entry.by().actor().id(),
          ActorShape.of(entry.by().actor(), names),
          ActorShape.ofNullable(entry.by().through(), names),
          entry.what().wireName(),
          entry.channel().wireName(),
          whom == null ? entry.text() : names.nameOf(whom).orElse(whom.id()),
          entry.event(),
          ActorShape.ofNullable(whom, names));
    }
  }

  public static AlertShape of(Alert alert, ActorNames names) {
    Handled acknowledged = alert.acknowledged().orElse(null);
    Handled resolved = alert.resolved().orElse(null);
    Actor.Person assignee = alert.assignee();
    Values values = alert.cause().values();
    return new AlertShape(
        alert.id(),
        CommunityNames.of(alert.cause().source().community()),
        alert.cause().key(),
        alert.cause().source().id(),
        alert.cause().gateway().value(),
        alert.cause().source().kind(),
        alert.cause().type().value(),
        alert.cause().grid(),
        alert.cause().severity().wireName(),
        alert.status().wireName(),
        false,
        null,
        NameShape.of(alert.cause().title()),
        alert.cause().event(),
        values == null ? null : PlainValues.of(values),
        alert.cause().happenedAt(),
        alert.openedAt(),
        alert.lastSeenAt(),
        alert.count(),
        assignee == null
            ? null
            : new AssigneeShape(
                assignee.id(),
                assignee.community().value(),
                names.nameOf(assignee).orElse(assignee.id())),
        acknowledged == null ? null : acknowledged.by().id(),
        acknowledged == null ? null : ActorShape.of(acknowledged.by(), names),
        acknowledged == null ? null : acknowledged.at(),
        resolved == null ? null : resolved.by().id(),
        resolved == null ? null : ActorShape.of(resolved.by(), names),
        resolved == null ? null : resolved.at(),
        null,
        alert.timeline().stream().map(entry -> EntryShape.of(entry, names)).toList());
  }
}
