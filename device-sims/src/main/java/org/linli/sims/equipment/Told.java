package org.linli.sims.equipment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linli.event.DeviceId;
import org.linli.event.Kind;

/**
 * What must be at the hub of a message: at most one event by which it is recognised, and those that
 * its gateway makes beside it.
 *
 * @param device as the hub calls it
 * @param type of the event by which it is recognised; empty where the format leaves no room for a
 *     mark
 * @param values of that event, as text: the first is the mark, which no other message has; {@value
 *     #ID} stands for the event's id. It may have more than these
 * @param beside types of further events
 */
public record Told(
    Kind kind, DeviceId device, String type, Map<String, String> values, List<Beside> beside) {

  /** Names the event's id among its values. */
  public static final String ID = "id";

  /** The value that carries the mark where a format has no ids. */
  static final String MESSAGE = "message";

  /**
   * A type of event that comes of a message beside the one by which it is recognised.
   *
   * @param certain false where it depends on what the gateway still knows
   */
  public record Beside(String type, boolean certain) {}

  public Told {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    beside = List.copyOf(beside);
    if (type.isEmpty() != values.isEmpty()) {
      throw new IllegalArgumentException("a type without a mark, or a mark without a type");
    }
  }

  /** Of a message that nothing becomes of by which it could be recognised. */
  static Told unmarked(Kind kind, String device) {
    return new Told(kind, new DeviceId(device), "", Map.of(), List.of());
  }

  /** Of a message that is recognised by the id of its event. */
  static Told byId(Kind kind, String device, String type, String id) {
    return new Told(kind, new DeviceId(device), type, Map.of(ID, id), List.of());
  }

  /** Of a message that is recognised by a value of its event. */
  static Told byValue(Kind kind, String device, String type, String name, String text) {
    return new Told(kind, new DeviceId(device), type, Map.of(name, text), List.of());
  }

  /** Of a measurement with a value {@value #MESSAGE}. */
  static Told measured(Kind kind, String device, Mark mark) {
    return byValue(kind, device, "measurement", MESSAGE, mark.text());
  }

  /** The same with one more value that the event must have. */
  Told with(String name, Object value) {
    Map<String, String> more = new LinkedHashMap<>(values);
    more.put(name, String.valueOf(value));
    return new Told(kind, device, type, more, beside);
  }

  /** The same with an event that is certain to come beside it. */
  Told beside(String also) {
    return beside(new Beside(also, true));
  }

  /** The same with an event that may come beside it. */
  Told perhaps(String also) {
    return beside(new Beside(also, false));
  }

  private Told beside(Beside also) {
    List<Beside> more = new ArrayList<>(beside);
    more.add(also);
    return new Told(kind, device, type, values, more);
  }

  /** Whether it can be told from every other message. */
  public boolean isMarked() {
    return !values.isEmpty();
  }

  /** Whether its event has an id of the equipment's, so that it is one however often it is sent. */
  public boolean hasId() {
    return values.containsKey(ID);
  }

  /** The mark, as {@code name=text}; empty where there is none. */
  public String mark() {
    return values.entrySet().stream()
        .findFirst()
        .map(first -> first.getKey() + "=" + first.getValue())
        .orElse("");
  }
}
