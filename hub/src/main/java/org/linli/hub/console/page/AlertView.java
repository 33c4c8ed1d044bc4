package org.linli.hub.console.page;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.event.Marks;
import org.linli.event.UnreadableAlarm;
import org.linli.event.Value;
import org.linli.event.Values;
import org.linli.hub.alert.Alert;
import org.linli.hub.alert.AlertCause;
import org.linli.hub.alert.AlertSource;
import org.linli.hub.alert.AlertState.Handled;
import org.linli.hub.alert.Alerts;
import org.linli.hub.alert.OnCall;
import org.linli.hub.alert.TimelineEntry;
import org.linli.hub.alert.Unresolved;
import org.linli.hub.people.Actor;
import org.linli.hub.registry.CommunityRegistry;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Gateway;
import org.linli.hub.registry.Grid;
import org.linli.hub.registry.Registry;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Prepares alerts for a page. */
@Component
class AlertView {

  private static final int SHOWN = 60;

  /** How long a report may take to get here before the alert says when it happened. */
  private static final Duration LATE = Duration.ofMinutes(5);

  private final Alerts alerts;
  private final Registry registry;
  private final ShownCommunities communities;
  private final ActorWords actors;
  private final ValueWords words;
  private final MessageSource messages;

  AlertView(
      Alerts alerts,
      Registry registry,
      ShownCommunities communities,
      ActorWords actors,
      ValueWords words,
      MessageSource messages) {
    this.alerts = alerts;
    this.registry = registry;
    this.communities = communities;
    this.actors = actors;
    this.words = words;
    this.messages = messages;
  }

  /**
   * The unresolved alerts, most urgent first.
   *
   * @param more how many more there are than are shown
   */
  record Cards(List<AlertCard> cards, long open, long acknowledged, long more) {}

  /** With one community these are all, also those of none, such as what is about the hub. */
  Cards unresolved(Scope scope, Local local) {
    Unresolved found =
        alerts.unresolved(communities.areSeveral() ? scope.community() : null, SHOWN);
    return new Cards(
        found.mostUrgent().stream().map(alert -> card(alert, local)).toList(),
        found.open(),
        found.acknowledged(),
        Math.max(0, found.open() + found.acknowledged() - SHOWN));
  }

  Optional<AlertCard> find(String id, Local local) {
    return alerts.find(id).map(alert -> card(alert, local));
  }

  /** Its times are by the clock of its community. */
  private AlertCard card(Alert alert, Local reader) {
    CommunityId community = alert.cause().source().community();
    Local local = communities.at(community, reader);
    Actor.Person assignee = alert.assignee();
    return new AlertCard(
        alert.id(),
        alert.cause().severity().wireName(),
        alert.status().wireName(),
        local.name(alert.cause().title()),
        communities.name(community, local),
        place(alert.cause(), local),
        alert.cause().source().kind(),
        alert.cause().source().id(),
        alert.openedAt(),
        local.clock(alert.openedAt()),
        local.age(alert.openedAt()),
        alert.count(),
        carried(alert, local),
        happened(alert, local),
        unread(alert, local),
        assignee == null ? null : actors.of(assignee, local),
        alert.acknowledged().map(Handled::by).map(by -> actors.of(by, local)).orElse(null),
        messages.getMessage("advice." + alert.cause().type(), null, null, local.language()),
        alert.timeline().stream().map(entry -> entry(alert.cause(), entry, local)).toList());
  }

  /** Only what a device reported: what was detected is in the timeline, in short in the title. */
  private List<String> carried(Alert alert, Local local) {
    AlertSource source = alert.cause().source();
    Values values = alert.cause().values();
    return values != null
            && source instanceof AlertSource.OfDevice
            && !alert.cause().type().equals(UnreadableAlarm.TYPE)
        ? words.say(source.kind(), withoutMarks(values), local.language())
        : List.of();
  }

  /** They are a sentence of their own. */
  private static Values withoutMarks(Values values) {
    Map<String, Value> others = new LinkedHashMap<>(values.byName());
    others.entrySet().removeIf(each -> Marks.isOne(each.getKey(), each.getValue()));
    return new Values(others);
  }

  /** Only of what a device's event opened: what lasts or is missed begins before its alert. */
  private @Nullable String happened(Alert alert, Local local) {
    Instant at = alert.cause().happenedAt();
    boolean isLongBefore =
        alert.timeline().getFirst().by().actor() instanceof Actor.Device
            && Duration.between(at, alert.openedAt()).compareTo(LATE) > 0;
    return isLongBefore ? own("alert.happened.at", local, local.clock(at)) : null;
  }

  private @Nullable String unread(Alert alert, Local local) {
    Values values = alert.cause().values();
    if (values == null || !(alert.cause().source() instanceof AlertSource.OfDevice)) {
      return null;
    }
    String said =
        Stream.of(Marks.DEFECT, Marks.CLOCK)
            .map(mark -> unread(mark, values.find(mark).orElse(null), local))
            .filter(Objects::nonNull)
            .collect(Collectors.joining(local.language().equals(PageLanguage.CHINESE) ? "" : " "));
    return said.isEmpty() ? null : said;
  }

  private @Nullable String unread(String mark, @Nullable Value value, Local local) {
    return value instanceof Value.Text(String text) && Marks.isOne(mark, value)
        ? own("alert.unread." + mark, local, text)
        : null;
  }

  private @Nullable String place(AlertCause cause, Local local) {
    return switch (cause.source()) {
      case AlertSource.OfDevice(CommunityId community, DeviceId device, _) ->
          place(
              community,
              registry.findDevice(new DeviceKey(community, device)).map(Device::building),
              local);
      case AlertSource.OfGateway(CommunityId community, GatewayId gateway) ->
          place(community, registry.findGateway(gateway).map(Gateway::building), local);
      case AlertSource.OfHub _ -> actors.of(Actor.HUB, local);
    };
  }

  private @Nullable String place(@Nullable CommunityId of, Optional<String> building, Local local) {
    CommunityRegistry community = of == null ? null : registry.find(of).orElse(null);
    return community == null
        ? null
        : building
            .flatMap(community::findBuilding)
            .map(its -> local.name(its.name()) + " · " + grid(community, its.grid(), "", local))
            .orElse(null);
  }

  private static String grid(
      CommunityRegistry community, String id, String otherwise, Local local) {
    return community.findGrid(id).map(Grid::name).map(local::name).orElse(otherwise);
  }

  private AlertCard.Entry entry(AlertCause cause, TimelineEntry entry, Local local) {
    Actor by = entry.by().actor();
    Actor.Person whom = entry.whom();
    String said = entry.text() == null ? "" : entry.text();
    String text = whom == null ? told(cause, entry, said, local) : actors.of(whom, local);
    return new AlertCard.Entry(
        entry.at(),
        local.exactClock(entry.at()),
        says(entry),
        actors.of(entry.by(), local),
        text,
        by instanceof Actor.Person || by instanceof Actor.Account
            ? (said.isEmpty() ? null : said)
            : null);
  }

  /** What the hub detected is recorded in English; a language with a text of its own uses that. */
  private String told(AlertCause cause, TimelineEntry entry, String said, Local local) {
    if (!(entry.by().actor() instanceof Actor.Hub)) {
      return said;
    }
    String own =
        switch (entry.what()) {
          case OPENED -> found(cause, said, local);
          case RESOLVED -> own("cleared." + cause.type(), local);
          case UNASSIGNED -> said.startsWith(OnCall.NOT_FOUND_OUT) ? null : nobody(cause, local);
          case COMMENTED -> said.replace("”, “", "”" + between(local) + "“");
          case ASSIGNED, ACKNOWLEDGED -> null;
        };
    return own == null ? said : own;
  }

  /** Adds the particulars, or the English text if an earlier version kept none. */
  private @Nullable String found(AlertCause cause, String said, Local local) {
    String own = own("found." + cause.type(), local);
    boolean isOfDevice =
        cause.source() instanceof AlertSource.OfDevice
            && !cause.type().equals(UnreadableAlarm.TYPE);
    if (own == null || isOfDevice) {
      return own;
    }
    Values values = cause.values();
    return values == null
        ? own + own("found.in-english", local, said)
        : own + particulars(values, local);
  }

  private String particulars(Values values, Local local) {
    return values.byName().entrySet().stream()
        .map(
            each ->
                own("found." + each.getKey(), local, said(each.getKey(), each.getValue(), local)))
        .filter(Objects::nonNull)
        .collect(Collectors.joining());
  }

  private Object said(String name, Value value, Local local) {
    return switch (value) {
      case Value.Whole(long number) -> number;
      case Value.Real(double number) -> number;
      case Value.Truth(boolean truth) -> truth;
      case Value.Text(String text) ->
          name.endsWith("-at")
              ? local.clock(Instant.parse(text))
              : Objects.requireNonNullElse(
                  own("carried." + name + "." + text, local),
                  name.equals("letter-source")
                      ? text.replace(UnreadableAlarm.BETWEEN_PLACES, between(local))
                      : text);
    };
  }

  private String between(Local local) {
    return Objects.requireNonNullElse(
        own("found.between-places", local), UnreadableAlarm.BETWEEN_PLACES);
  }

  private @Nullable String nobody(AlertCause cause, Local local) {
    if (cause.source() instanceof AlertSource.OfHub && communities.areSeveral()) {
      return own("nobody.hub.several", local);
    }
    String grid = cause.grid();
    return grid == null
        ? own(
            "nobody."
                + (cause.source() instanceof AlertSource.OfDevice
                    ? "device"
                    : cause.source().kind()),
            local)
        : own(
            "nobody.grid",
            local,
            Optional.ofNullable(cause.source().community())
                .flatMap(registry::find)
                .map(community -> grid(community, grid, grid, local))
                .orElse(grid));
  }

  private @Nullable String own(String message, Local local, Object... words) {
    return messages.getMessage(message, words, null, local.language());
  }

  private static String says(TimelineEntry entry) {
    String says = "what." + entry.what().wireName();
    return switch (entry.by().actor()) {
      case Actor.Person _, Actor.Account _, Actor.Program _ -> says;
      case Actor.Device _, Actor.Gateway _ -> says + ".device";
      case Actor.Hub _ ->
          entry.what() == TimelineEntry.What.OPENED && entry.text() == null
              ? says + ".due"
              : says + ".hub";
    };
  }
}
