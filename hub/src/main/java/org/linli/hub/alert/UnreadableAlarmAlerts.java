package org.linli.hub.alert;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.linli.event.CommunityId;
import org.linli.event.DeviceEvent;
import org.linli.event.UnreadableAlarm;
import org.linli.event.Value;
import org.linli.hub.alert.watch.AlertKey;
import org.linli.hub.intake.BatchParticipant;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.linli.hub.registry.BilingualName;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Registry;
import org.linli.rules.Severity;
import org.springframework.stereotype.Component;

/**
 * Opens an alert if a gateway could not read messages that may report an emergency. It is critical
 * and goes to the supervisor, because it is not known yet where to go. There is one for each
 * registered device, and one for all other senders of a gateway; further messages are counted on
 * it, and the places that they were sent to are noted on it, each once. Only a person resolves it;
 * what comes after that opens a new one.
 */
@Component
class UnreadableAlarmAlerts implements BatchParticipant {

  private static final String KEY = UnreadableAlarm.TYPE.value();

  /** So that invented places let no timeline grow without end; the events have the rest. */
  private static final int MOST_NOTES = 20;

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
            .findDevice(event.device())
            .<AlertSource>map(device -> of(event.community(), device))
            .orElseGet(() -> new AlertSource.OfGateway(event.community(), event.gateway()));
    AlertKey alertKey = source.alertKey(KEY);
    long letters = letters(said);
    Alert there = board.unresolved(alertKey);
    if (there == null) {
      board.add(open(event, source).seenAgain(event.receivedAt(), letters - 1));
      opened.add(alertKey);
    } else {
      board.change(there, noted(there.seenAgain(event.receivedAt(), letters), event));
    }
  }

  /** Somebody who went to the places that are on the alert already has to know of the others. */
  private static Alert noted(Alert alert, HubEvent event) {
    DeviceEvent said = event.taken().event();
    List<String> told =
        alert.timeline().stream().map(TimelineEntry::text).filter(Objects::nonNull).toList();
    List<String> more =
        places(said).stream()
            .filter(place -> told.stream().noneMatch(text -> text.contains(quoted(place))))
            .toList();
    long notes = alert.timeline().stream().filter(UnreadableAlarmAlerts::isNote).count();
    return more.isEmpty() || notes >= MOST_NOTES
        ? alert
        : alert.noted(
            new TimelineEntry(
                event.receivedAt(),
                Author.of(Actor.HUB),
                TimelineEntry.What.COMMENTED,
                Channel.HUB,
                quoted(more) + elsewhere(said),
                event.id(),
                null));
  }

  private static boolean isNote(TimelineEntry entry) {
    return entry.what() == TimelineEntry.What.COMMENTED && entry.by().actor() instanceof Actor.Hub;
  }

  /** The different topics and paths that the messages were sent to; at least one. */
  private static List<String> places(DeviceEvent said) {
    String from = text(said, UnreadableAlarm.FROM);
    return from.isEmpty()
        ? List.of(text(said, UnreadableAlarm.SOURCE))
        : Arrays.stream(from.split(UnreadableAlarm.BETWEEN_PLACES, -1)).distinct().toList();
  }

  /** How many more were sent to places that the gateway had no room to name. */
  private static String elsewhere(DeviceEvent said) {
    return said.values().find(UnreadableAlarm.ELSEWHERE).orElse(null)
                instanceof Value.Whole(long number)
            && number > 0
        ? " (+%d)".formatted(number)
        : "";
  }

  private static String quoted(String place) {
    return "“" + place + "”";
  }

  private static String quoted(List<String> places) {
    return places.stream().map(UnreadableAlarmAlerts::quoted).collect(Collectors.joining(", "));
  }

  private static AlertSource of(CommunityId community, Device device) {
    return new AlertSource.OfDevice(community, device.id(), device.kind());
  }

  private Alert open(HubEvent event, AlertSource source) {
    DeviceEvent said = event.taken().event();
    String door = text(said, UnreadableAlarm.DOOR);
    List<String> places = places(said);
    String reason = text(said, UnreadableAlarm.REASON);
    String word = text(said, UnreadableAlarm.WORD);
    Particulars particulars =
        new Particulars()
            .with(UnreadableAlarm.DOOR, door)
            .with("letter-source", String.join(", ", places) + elsewhere(said))
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
            source instanceof AlertSource.OfDevice(var community, var device, var _)
                ? titles.title(UnreadableAlarm.TYPE, new DeviceKey(community, device))
                : titles.title(UnreadableAlarm.TYPE, source, from(places)),
            event.id(),
            said.time(),
            particulars.values()),
        event.receivedAt(),
        Actor.HUB,
        "The gateway %s could not read a message that may report an emergency%s: %s, over %s, sent to %s. It keeps the message as a dead letter on its own page."
            .formatted(
                event.gateway(),
                word.isEmpty() ? "" : " (“" + word + "”)",
                reason,
                door,
                quoted(places) + elsewhere(said)));
  }

  private static BilingualName from(List<String> places) {
    String first = places.getFirst();
    return places.size() == 1
        ? new BilingualName("来自 " + first, "from " + first)
        : new BilingualName("来自 " + first + " 等多处", "from " + first + " and other places");
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
