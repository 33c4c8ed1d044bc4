package org.linli.hub.console.page;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceId;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.hub.alert.Alert;
import org.linli.hub.alert.AlertSource;
import org.linli.hub.alert.AlertState.Handled;
import org.linli.hub.alert.Alerts;
import org.linli.hub.alert.TimelineEntry;
import org.linli.hub.alert.Unresolved;
import org.linli.hub.people.Actor;
import org.linli.hub.registry.Building;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.Gateway;
import org.linli.hub.registry.Grid;
import org.linli.hub.registry.Registry;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Prepares alerts for a page. */
@Component
class AlertView {

  private static final int SHOWN = 60;

  private final Alerts alerts;
  private final Registry registry;
  private final ActorWords actors;
  private final ValueWords words;
  private final MessageSource messages;

  AlertView(
      Alerts alerts,
      Registry registry,
      ActorWords actors,
      ValueWords words,
      MessageSource messages) {
    this.alerts = alerts;
    this.registry = registry;
    this.actors = actors;
    this.words = words;
    this.messages = messages;
  }

  /**
   * What is not resolved, most urgent first.
   *
   * @param more how many more there are than are shown
   */
  record Cards(List<AlertCard> cards, long open, long acknowledged, long more) {}

  Cards unresolved(Local local) {
    Unresolved found = alerts.unresolved(SHOWN);
    return new Cards(
        found.mostUrgent().stream().map(alert -> card(alert, local)).toList(),
        found.open(),
        found.acknowledged(),
        Math.max(0, found.open() + found.acknowledged() - SHOWN));
  }

  Optional<AlertCard> find(String id, Local local) {
    return alerts.find(id).map(alert -> card(alert, local));
  }

  AlertCard card(Alert alert, Local local) {
    Actor.Person assignee = alert.assignee();
    return new AlertCard(
        alert.id(),
        alert.cause().severity().wireName(),
        alert.status().wireName(),
        local.name(alert.cause().title()),
        place(alert.cause().source(), local),
        alert.cause().source().id(),
        alert.openedAt(),
        local.clock(alert.openedAt()),
        local.age(alert.openedAt()),
        alert.count(),
        words.say(alert.cause().source().kind(), alert.cause().values(), local.language()),
        assignee == null ? null : actors.of(assignee, local),
        alert.acknowledged().map(Handled::by).map(by -> actors.of(by, local)).orElse(null),
        alert.timeline().stream().map(entry -> entry(alert.cause().type(), entry, local)).toList());
  }

  private @Nullable String place(AlertSource source, Local local) {
    return switch (source) {
      case AlertSource.OfDevice(DeviceId device, _) ->
          place(registry.findDevice(device).map(Device::building), local);
      case AlertSource.OfGateway(GatewayId gateway) ->
          place(registry.findGateway(gateway).map(Gateway::building), local);
      case AlertSource.OfHub _ -> actors.of(Actor.HUB, local);
    };
  }

  private @Nullable String place(Optional<String> building, Local local) {
    return building.flatMap(registry::findBuilding).map(its -> place(its, local)).orElse(null);
  }

  private String place(Building building, Local local) {
    String grid = registry.findGrid(building.grid()).map(Grid::name).map(local::name).orElse("");
    return local.name(building.name()) + " · " + grid;
  }

  private AlertCard.Entry entry(EventType type, TimelineEntry entry, Local local) {
    Actor by = entry.by().actor();
    Actor.Person whom = entry.whom();
    String said = entry.text() == null ? "" : entry.text();
    String text = whom == null ? told(type, entry, said, local) : actors.of(whom, local);
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

  /** What the hub noticed is recorded in English; a language that says it otherwise has its own. */
  private String told(EventType type, TimelineEntry entry, String said, Local local) {
    String about =
        switch (entry.what()) {
          case OPENED -> "found.";
          case RESOLVED -> "cleared.";
          case ASSIGNED, UNASSIGNED, ACKNOWLEDGED, COMMENTED -> "";
        };
    String own =
        entry.by().actor() instanceof Actor.Hub && !about.isEmpty()
            ? messages.getMessage(about + type, new Object[] {said}, null, local.language())
            : null;
    return own == null ? said : own;
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
