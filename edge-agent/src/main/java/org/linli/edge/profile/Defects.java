package org.linli.edge.profile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linli.event.DeviceEvent;
import org.linli.event.EventType;
import org.linli.event.Marks;
import org.linli.event.Value;
import org.linli.event.Values;

/**
 * What could not be read in one part of a message, beside its events (decision 0055). Its events
 * carry {@link Marks} among their values. For one thread.
 */
public final class Defects {

  private static final int MOST = 4;
  private static final int LONGEST = 200;
  private static final int MARKS = 2;

  private final List<String> found = new ArrayList<>();
  private boolean clock;

  /** The time could not be read. */
  public void clock(Unreadable unreadable) {
    clock = true;
    note(unreadable.defect());
  }

  /** There is no time. */
  public void clock() {
    clock = true;
  }

  public void note(String detail) {
    if (found.size() < MOST) {
      String cut = detail.length() > LONGEST ? detail.substring(0, LONGEST - 1) + "…" : detail;
      // A cut may leave half a character, which no value can hold.
      found.add(new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }
  }

  /** Adds what could not be read beside this part of the message too. */
  public void also(Defects others) {
    others.found.forEach(this::note);
  }

  /** These, after what is wrong with the whole message. */
  Defects after(List<String> whole) {
    if (whole.isEmpty()) {
      return this;
    }
    Defects all = new Defects();
    whole.forEach(all::note);
    all.also(this);
    all.clock = clock;
    return all;
  }

  public boolean isEmpty() {
    return found.isEmpty() && !clock;
  }

  /** The event with its marks; a measurement becomes two if it is full. */
  public List<DeviceEvent> marked(DeviceEvent event) {
    if (isEmpty()) {
      return List.of(event);
    }
    Map<String, Value> values = new LinkedHashMap<>();
    Map<String, Value> rest = new LinkedHashMap<>();
    event
        .values()
        .byName()
        .forEach(
            (name, value) ->
                (values.size() < Values.MAX_COUNT - MARKS ? values : rest).put(name, value));
    if (clock) {
      values.put(Marks.CLOCK, new Value.Text(Marks.GATEWAY));
    }
    if (!found.isEmpty()) {
      values.put(Marks.DEFECT, new Value.Text(String.join("; ", found)));
    }
    DeviceEvent marked = with(event, values);
    return rest.isEmpty() || !event.type().equals(EventType.MEASUREMENT)
        ? List.of(marked)
        : List.of(marked, with(event, rest));
  }

  /**
   * What a device says, where nothing has the name of a mark. For the values of every event, so
   * that nobody takes what a device calls so for one.
   */
  public static Values withoutMarks(Values said) {
    Map<String, Value> all = said.byName();
    if (!all.containsKey(Marks.CLOCK) && !all.containsKey(Marks.DEFECT)) {
      return said;
    }
    Map<String, Value> renamed = new LinkedHashMap<>();
    all.forEach((name, value) -> renamed.put(Marks.isName(name) ? free(name, all) : name, value));
    return new Values(renamed);
  }

  private static String free(String name, Map<String, Value> said) {
    int number = 2;
    while (said.containsKey(name + "-" + number)) {
      number++;
    }
    return name + "-" + number;
  }

  private static DeviceEvent with(DeviceEvent event, Map<String, Value> values) {
    return new DeviceEvent(
        event.device(),
        event.kind(),
        event.type(),
        event.id(),
        event.time(),
        event.deviceTime(),
        event.takenAt(),
        new Values(values));
  }
}
