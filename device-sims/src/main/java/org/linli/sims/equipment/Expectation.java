package org.linli.sims.equipment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linli.event.DeviceId;
import org.linli.event.Kind;

/**
 * What the hub must make of a message: at most one event that carries the message's mark, and
 * further events that the gateway makes of it.
 *
 * @param device as the hub calls it
 * @param type of the event that carries the mark; empty when the format has no room for a mark
 * @param values of that event, as text: the first is the mark, which no other message has; {@value
 *     #ID} stands for the event's id. The event may have more values than these
 * @param beside types of further events
 */
public record Expectation(
    Kind kind, DeviceId device, String type, Map<String, String> values, List<Beside> beside) {

  /** The name of the event's id among its values. */
  public static final String ID = "id";

  /** The value that carries the mark when a format has no ids. */
  static final String MESSAGE = "message";

  /**
   * The type of a further event that a message leads to.
   *
   * @param certain false when it depends on what the gateway still knows
   */
  public record Beside(String type, boolean certain) {}

  public Expectation {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    beside = List.copyOf(beside);
    if (type.isEmpty() != values.isEmpty()) {
      throw new IllegalArgumentException("a type without a mark, or a mark without a type");
    }
  }

  /** For a message without an event that carries its mark. */
  static Expectation unmarked(Kind kind, String device) {
    return new Expectation(kind, new DeviceId(device), "", Map.of(), List.of());
  }

  /** For a message identified by the id of its event. */
  static Expectation byId(Kind kind, String device, String type, String id) {
    return new Expectation(kind, new DeviceId(device), type, Map.of(ID, id), List.of());
  }

  /** For a message identified by a value of its event. */
  static Expectation byValue(Kind kind, String device, String type, String name, String text) {
    return new Expectation(kind, new DeviceId(device), type, Map.of(name, text), List.of());
  }

  /** For a measurement with a value {@value #MESSAGE}. */
  static Expectation measured(Kind kind, String device, Mark mark) {
    return byValue(kind, device, "measurement", MESSAGE, mark.text());
  }

  /** The same with one more value that the event must have. */
  Expectation with(String name, Object value) {
    Map<String, String> more = new LinkedHashMap<>(values);
    more.put(name, String.valueOf(value));
    return new Expectation(kind, device, type, more, beside);
  }

  /** The same with a further event that is certain. */
  Expectation beside(String also) {
    return beside(new Beside(also, true));
  }

  /** The same with a further event that is possible. */
  Expectation perhaps(String also) {
    return beside(new Beside(also, false));
  }

  private Expectation beside(Beside also) {
    List<Beside> more = new ArrayList<>(beside);
    more.add(also);
    return new Expectation(kind, device, type, values, more);
  }

  /** Whether the message can be distinguished from every other. */
  public boolean isMarked() {
    return !values.isEmpty();
  }

  /** Whether the equipment gives its event an id, so that repeats are one event. */
  public boolean hasId() {
    return values.containsKey(ID);
  }

  /** The mark, as {@code name=text}; empty for none. */
  public String mark() {
    return values.entrySet().stream()
        .findFirst()
        .map(first -> first.getKey() + "=" + first.getValue())
        .orElse("");
  }
}
