package org.linli.sims.load;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.linli.event.DeviceId;
import org.linli.event.EventId;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.Value;
import org.linli.event.Values;
import org.linli.sims.day.LinliJson;
import org.linli.sims.day.SimulatedEvent;
import org.linli.sims.link.Letter;

/**
 * The events of a load by number: readings of {@code devices} devices in turn. Every {@code
 * alertEvery}-th event opens an alert or, the next time the same device has its turn, clears it.
 *
 * @param prefix of the devices' names
 * @param alertEvery 0 for no alerts
 * @param padding characters of text in each reading besides its values, which compress badly
 * @param boot distinguishes the ids of one run from those of the next
 */
record LoadEvents(String prefix, int devices, int alertEvery, int padding, String boot)
    implements Offers {

  /** The hub keeps 50 alerts apart for a gateway's unregistered devices; the rest share one. */
  private static final int ALARMS = 40;

  private static final Kind[] KINDS = {Kind.ACCESS, Kind.CAMERA, Kind.ELEVATOR, Kind.PARKING};
  private static final EventType OPENS = new EventType("door.forced");
  private static final EventType CLEARS = new EventType("door.secured");

  /** Every device that can report, including those that raise alarms. */
  static Map<String, Kind> kinds(String prefix, int devices) {
    Map<String, Kind> kinds = new LinkedHashMap<>();
    for (int i = 0; i < devices; i++) {
      kinds.put(prefix + i, KINDS[i % KINDS.length]);
    }
    for (int i = 0; i < ALARMS; i++) {
      kinds.put(alarming(prefix, i), Kind.ACCESS);
    }
    return kinds;
  }

  private static String alarming(String prefix, long number) {
    return prefix + "alarm-" + number;
  }

  @Override
  public Offer next(long number, Instant time) {
    SimulatedEvent event = event(number, time);
    return new Offer(
        turn(number),
        Letter.ofLinli(event.kind(), event.device(), LinliJson.sent(event, event.time())),
        (journal, of, connection) -> journal.offered(of, connection, event),
        event.type().equals(OPENS) ? event.device() : null);
  }

  SimulatedEvent event(long number, Instant time) {
    return alertEvery > 0 && number % alertEvery == alertEvery - 1
        ? alarm(number, number / alertEvery, time)
        : reading(number, time);
  }

  /** The device of an event, as a number, so that each device stays with one connection. */
  private int turn(long number) {
    return (int)
        (alertEvery > 0 && number % alertEvery == alertEvery - 1
            ? number / alertEvery % ALARMS
            : number % devices);
  }

  private SimulatedEvent alarm(long number, long alarm, Instant time) {
    boolean opening = alarm / ALARMS % 2 == 0;
    return event(
        alarming(prefix, alarm % ALARMS),
        Kind.ACCESS,
        opening ? OPENS : CLEARS,
        number,
        time,
        Map.of());
  }

  private SimulatedEvent reading(long number, Instant time) {
    long device = number % devices;
    Map<String, Value> values = new LinkedHashMap<>();
    values.put("number", new Value.Whole(number));
    values.put("temperature", new Value.Real((2000 + number * 7919 % 997) / 100.0));
    values.put("open", new Value.Truth(number % 3 == 0));
    if (padding > 0) {
      values.put("note", new Value.Text(note(number)));
    }
    return event(
        prefix + device,
        KINDS[(int) (device % KINDS.length)],
        EventType.MEASUREMENT,
        number,
        time,
        values);
  }

  private String note(long number) {
    Random random = new Random(number);
    StringBuilder note = new StringBuilder(padding);
    for (int i = 0; i < padding; i++) {
      note.append((char) ('!' + random.nextInt('~' - '!')));
    }
    return note.toString();
  }

  private SimulatedEvent event(
      String device,
      Kind kind,
      EventType type,
      long number,
      Instant time,
      Map<String, Value> values) {
    return new SimulatedEvent(
        time,
        new DeviceId(device),
        kind,
        type,
        new EventId(String.format(Locale.ROOT, "%s-%s-%09d", device, boot, number)),
        new Values(values));
  }
}
