package org.linli.hub.console.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.hub.history.EventQuery;
import org.linli.hub.history.EventStore;
import org.linli.hub.history.SeriesPoint;
import org.linli.hub.history.SeriesQuery;
import org.linli.hub.history.SeriesStore;
import org.linli.hub.journal.HistoryProgress;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Registry;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Events and what devices measured. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "history")
class HistoryEndpoints {

  private static final int DEFAULT_POINTS = 500;
  private static final Duration DEFAULT_STRETCH = Duration.ofDays(1);

  private final PlausibleFirst events;
  private final SeriesStore series;
  private final DeviceKeys devices;
  private final Registry registry;
  private final HistoryProgress progress;
  private final InstantSource clock;

  HistoryEndpoints(
      EventStore events,
      SeriesStore series,
      DeviceKeys devices,
      Registry registry,
      HistoryProgress progress,
      InstantSource clock) {
    this.events = new PlausibleFirst(events, clock);
    this.series = series;
    this.devices = devices;
    this.registry = registry;
    this.progress = progress;
    this.clock = clock;
  }

  @GetMapping("/history")
  @Operation(
      summary = "How far the history is behind what was applied",
      description =
          "waiting: events that are applied and not found yet. rebuilding: batches that are still"
              + " to be given to the history again, after it was lost; until then older events may"
              + " not be found. Both are 0 where nothing is missing.")
  HistoryProgress.Behind behind() {
    return progress.behind();
  }

  @GetMapping("/events")
  @Operation(
      summary = "Events, newest first",
      description =
          "Those that are to happen more than a day from now, because a clock is wrong, come last"
              + " where no 'to' is given.")
  Listed<EventShape> events(
      @Parameter(description = "Only events of this community.") @RequestParam(required = false)
          @Nullable String community,
      @Parameter(
              description =
                  "Id of a device; with 'community' if several communities have one of this id.")
          @RequestParam(required = false)
          @Nullable String device,
      @Parameter(description = "Kind of equipment, as access or elevator.")
          @RequestParam(required = false)
          @Nullable String kind,
      @Parameter(description = "Type of event, as door.opened.") @RequestParam(required = false)
          @Nullable String type,
      @Parameter(description = "Earliest time, RFC 3339, included.") @RequestParam(required = false)
          @Nullable String from,
      @Parameter(description = "End of the time, RFC 3339, not included.")
          @RequestParam(required = false)
          @Nullable String to,
      @Parameter(description = "1 to 1000, otherwise 100.") @RequestParam(required = false)
          @Nullable String limit,
      @Parameter(description = "'next' of the page before.") @RequestParam(required = false)
          @Nullable String cursor) {
    CommunityId within = Parameters.community(community, registry);
    DeviceId id = Parameters.value("device", device, DeviceId::new);
    return events.find(
        new EventQuery(
            id == null ? within : devices.find(id, within).map(DeviceKey::community).orElse(within),
            id,
            Parameters.oneOf("kind", kind, Kind.values(), Kind::ofWireName),
            Parameters.value("type", type, EventType::new),
            Parameters.time("from", from),
            Parameters.time("to", to),
            Parameters.limit(limit, EventQuery.MAX_LIMIT),
            null),
        cursor);
  }

  @GetMapping("/devices/{id}/series")
  @Operation(
      summary = "One metric of a device over time, downsampled",
      description = "At most 'points' stretches of equal length, oldest first; none for silence.")
  List<SeriesPoint> series(
      @PathVariable String id,
      @Parameter(description = "Whose device it is; needed if several have one of this id.")
          @RequestParam(required = false)
          @Nullable String community,
      @Parameter(description = "Name of the value, as temperature.") @RequestParam(required = false)
          @Nullable String metric,
      @Parameter(description = "Earliest time, otherwise a day before 'to'.")
          @RequestParam(required = false)
          @Nullable String from,
      @Parameter(description = "End of the time, otherwise now.") @RequestParam(required = false)
          @Nullable String to,
      @Parameter(description = "1 to 10000, otherwise 500.") @RequestParam(required = false)
          @Nullable String points) {
    DeviceKey device = devices.ofPath(id, community);
    if (metric == null || metric.isBlank()) {
      throw RefusedRequestException.badField(
          "metric",
          "The parameter 'metric' is missing; this device has reported %s."
              .formatted(inWords(series.metrics(device))));
    }
    Instant given = Parameters.time("to", to);
    Instant end = given == null ? clock.instant() : given;
    Instant start = Parameters.time("from", from);
    Instant begin = start == null ? end.minus(DEFAULT_STRETCH) : start;
    if (!begin.isBefore(end)) {
      throw RefusedRequestException.badField(
          "from", "The parameter 'from' is not before 'to' (%s).".formatted(end));
    }
    return series.series(
        new SeriesQuery(
            device,
            metric,
            begin,
            end,
            Parameters.count("points", points, SeriesQuery.MAX_POINTS, DEFAULT_POINTS)));
  }

  private static String inWords(List<String> metrics) {
    return metrics.isEmpty() ? "none yet" : String.join(", ", metrics);
  }
}
