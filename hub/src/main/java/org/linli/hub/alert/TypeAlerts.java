package org.linli.hub.alert;

import java.util.Set;
import org.linli.event.DeviceEvent;
import org.linli.event.EventType;
import org.linli.hub.alert.watch.AlertKey;
import org.linli.hub.intake.SimilarTypeSeen;
import org.linli.hub.people.Actor;
import org.linli.hub.registry.BilingualName;
import org.linli.rules.Severity;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Opens an alert, a warning, if a device reports a type that is most likely mistyped: events of
 * that type open no alert of their own. The alert goes to the supervisor, because it has to be
 * fixed where the device was set up, and nobody has to go there.
 */
@Component
class TypeAlerts {

  private static final EventType TYPE_UNKNOWN = new EventType("device.type-unknown");

  private final AlertBoard board;
  private final AlertIds ids;
  private final AlertWriter writer;

  TypeAlerts(AlertBoard board, AlertIds ids, AlertWriter writer) {
    this.board = board;
    this.ids = ids;
    this.writer = writer;
  }

  @EventListener
  void seen(SimilarTypeSeen seen) {
    DeviceEvent reported = seen.event().taken().event();
    AlertKey alertKey =
        AlertKey.of(seen.event().device(), TYPE_UNKNOWN.value() + ":" + reported.type().value());
    board.begin();
    if (board.unresolved(alertKey) == null) {
      board.add(open(seen, alertKey));
      writer.write(Set.of(alertKey));
    }
  }

  private Alert open(SimilarTypeSeen seen, AlertKey alertKey) {
    DeviceEvent reported = seen.event().taken().event();
    return Alert.open(
        ids.next(),
        new AlertCause(
            alertKey.key(),
            new AlertSource.OfDevice(seen.event().community(), reported.device(), reported.kind()),
            TYPE_UNKNOWN,
            seen.event().gateway(),
            null,
            Severity.WARNING,
            new BilingualName(
                "设备 %s 上报了未知类型 %s，疑似 %s"
                    .formatted(reported.device(), reported.type(), seen.similarTo()),
                "%s reported the unknown type %s, perhaps %s"
                    .formatted(reported.device(), reported.type(), seen.similarTo())),
            seen.event().id(),
            reported.time(),
            CarriedValues.of(reported)),
        seen.event().receivedAt(),
        Actor.HUB,
        "Events of the type %s are stored and open no alert. Write %s at the device or in its mapping."
            .formatted(reported.type(), seen.similarTo()));
  }
}
