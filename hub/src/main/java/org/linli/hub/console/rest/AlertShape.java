package org.linli.hub.console.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.hub.alert.Alert;
import org.linli.hub.alert.AlertState.Handled;
import org.linli.hub.alert.Assignee;
import org.linli.hub.alert.TimelineEntry;

/**
 * An alert, as the API and the stream show it.
 *
 * @param device what it is about: a device, or for the kind {@code gateway} a gateway
 * @param key what tells a device's alerts apart: of each key at most one is not resolved
 * @param grid where the device stands; null for a device that is in no file
 * @param severity critical, major, minor or warning (ITU-T X.733)
 * @param status open, acknowledged or resolved
 * @param event id of the event that opened it
 * @param count how often its cause was reported while it was not resolved
 * @param acknowledgedBy who sees to it; null for nobody yet
 * @param workOrder the work order made of it; null for none
 */
@Schema(name = "Alert")
public record AlertShape(
    String id,
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
    Instant happenedAt,
    Instant openedAt,
    Instant lastSeenAt,
    long count,
    @Nullable AssigneeShape assignee,
    @Nullable String acknowledgedBy,
    @Nullable Instant acknowledgedAt,
    @Nullable String resolvedBy,
    @Nullable Instant resolvedAt,
    @Nullable String workOrder,
    List<EntryShape> timeline) {

  /** Whom the alert was brought to. */
  @Schema(name = "Assignee")
  public record AssigneeShape(String id, String name) {}

  /**
   * One thing that was done.
   *
   * @param by a person's id, the administrator's name, or system
   * @param what opened, assigned, unassigned, acknowledged, commented or resolved
   * @param channel hub, console or api
   */
  @Schema(name = "TimelineEntry")
  public record EntryShape(
      Instant at,
      String by,
      String what,
      String channel,
      @Nullable String text,
      @Nullable String event) {

    static EntryShape of(TimelineEntry entry) {
      return new EntryShape(
          entry.at(),
          entry.by(),
          entry.what().wireName(),
          entry.channel().wireName(),
          entry.text(),
          entry.event());
    }
  }

  public static AlertShape of(Alert alert) {
    Handled acknowledged = alert.acknowledged().orElse(null);
    Handled resolved = alert.resolved().orElse(null);
    Assignee assignee = alert.assignee();
    return new AlertShape(
        alert.id(),
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
        alert.cause().happenedAt(),
        alert.openedAt(),
        alert.lastSeenAt(),
        alert.count(),
        assignee == null ? null : new AssigneeShape(assignee.id(), assignee.name()),
        acknowledged == null ? null : acknowledged.by(),
        acknowledged == null ? null : acknowledged.at(),
        resolved == null ? null : resolved.by(),
        resolved == null ? null : resolved.at(),
        null,
        alert.timeline().stream().map(EntryShape::of).toList());
  }
}
