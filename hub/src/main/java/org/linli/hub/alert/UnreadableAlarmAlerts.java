package org.linli.hub.alert;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.linli.event.DeviceEvent;
import org.linli.event.UnreadableAlarm;
import org.linli.event.Value;
import org.linli.hub.alert.watch.AlertKey;
import org.linli.hub.intake.BatchParticipant;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.people.Actor;
import org.linli.hub.registry.BilingualName;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.Registry;
import org.linli.rules.Severity;
import org.springframework.stereotype.Component;

/**
 * Opens an alert if a gateway could not read messages that may report an emergency. It is critical
 * and goes to the supervisor, because it is not known yet where to go. There is one for each
 * registered device, and one for all other senders of a gateway; further messages are counted on
 * it. Only a person resolves it; what comes after that opens a new one.
 */
@Component
class UnreadableAlarmAlerts implements BatchParticipant {

  private static final String KEY = UnreadableAlarm.TYPE.value();

  private final AlertBoard board;
  private final AlertIds ids;
  private final AlertTitles titles;
  private final AlertWriter writer;
  private final Registry registry;

  UnreadableAlarmAlerts(
      AlertBoard board, AlertIds ids, AlertTitles titles, AlertWriter writer, Registry registry) {
    this.board = board;
    this.ids = ids;
    this.titles = titles;
    this.writer = writer;
    this.registry = registry;
  }

  @Override
  public String name() {
    return "unreadable-alarms";
  }

  @Override
  public void apply(List<HubEvent> events) {
    List<HubEvent> said =
        events.stream().filter(event -> UnreadableAlarm.is(event.taken().event())).toList();
    if (said.isEmpty()) {
      return;
    }
    board.begin();
    Set<AlertKey> opened = new LinkedHashSet<>();
    said.forEach(event -> raise(event, opened));
    writer.write(opened);
  }

  private void raise(HubEvent event, Set<AlertKey> opened) {
    DeviceEvent said = event.taken().event();
    AlertSource source =
        registry
            .findDevice(said.device())
            .<AlertSource>map(UnreadableAlarmAlerts::of)
            .orElseGet(() -> new AlertSource.OfGateway(event.gateway()));
    AlertKey alertKey = new AlertKey(source.id(), KEY);
    long letters = letters(said);
    Alert there = board.unresolved(alertKey);
    if (there == null) {
      board.add(open(event, source).seenAgain(event.receivedAt(), letters - 1));
      opened.add(alertKey);
    } else {
      board.change(there, there.seenAgain(event.receivedAt(), letters));
    }
  }

  private static AlertSource of(Device device) {
    return new AlertSource.OfDevice(device.id(), device.kind());
  }

  private Alert open(HubEvent event, AlertSource source) {
    DeviceEvent said = event.taken().event();
    String door = text(said, UnreadableAlarm.DOOR);
    String from = text(said, UnreadableAlarm.SOURCE);
    String reason = text(said, UnreadableAlarm.REASON);
    String word = text(said, UnreadableAlarm.WORD);
    Particulars particulars =
        new Particulars()
            .with(UnreadableAlarm.DOOR, door)
            .with("letter-source", from)
            .with("letter-reason", reason);
    if (!word.isEmpty()) {
      particulars.with("life-word", word);
    }
    return Alert.open(
        ids.next(),
        new AlertCause(
            KEY,
            source,
            UnreadableAlarm.TYPE,
            event.gateway(),
            null,
            Severity.CRITICAL,
            source instanceof AlertSource.OfDevice(var device, var _)
                ? titles.title(UnreadableAlarm.TYPE, device)
                : titles.title(
                    UnreadableAlarm.TYPE, source, new BilingualName("来自 " + from, "from " + from)),
            event.id(),
            said.time(),
            particulars.values()),
        event.receivedAt(),
        Actor.HUB,
        "The gateway %s could not read a message that may report an emergency%s: %s, over %s, sent to %s. It keeps the message as a dead letter on its own page."
            .formatted(
                event.gateway(), word.isEmpty() ? "" : " (“" + word + "”)", reason, door, from));
  }

  private static String text(DeviceEvent said, String name) {
    return said.values().find(name).orElse(null) instanceof Value.Text(String text) ? text : "";
  }

  /** The messages that the event stands for: as many as the gateway says, and at least one. */
  private static long letters(DeviceEvent said) {
    return said.values().find(UnreadableAlarm.LETTERS).orElse(null)
            instanceof Value.Whole(long number)
        ? Math.clamp(number, 1, Integer.MAX_VALUE)
        : 1;
  }
}
