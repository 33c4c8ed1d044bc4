package org.linli.event.codec;

import java.util.Map;
import org.linli.event.DeviceEvent;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.Value;
import org.linli.event.Values;

/**
 * What events with the same kind, type and columns have in common, and the columns that take their
 * values.
 */
final class ShapeWriter {

  private final int index;
  private final Kind kind;
  private final EventType type;
  private final String[] keys;
  private final ValueForm[] forms;
  private final int[] columns;
  private final ValueColumnWriter[] writers;

  ShapeWriter(
      int index,
      Kind kind,
      EventType type,
      String[] keys,
      ValueForm[] forms,
      int[] columns,
      ValueColumnWriter[] writers) {
    this.index = index;
    this.kind = kind;
    this.type = type;
    this.keys = keys;
    this.forms = forms;
    this.columns = columns;
    this.writers = writers;
  }

  int index() {
    return index;
  }

  Kind kind() {
    return kind;
  }

  EventType type() {
    return type;
  }

  int[] columns() {
    return columns;
  }

  /** Whether the event has this kind and type, these keys in this order, and these forms. */
  boolean fits(DeviceEvent event) {
    if (event.kind() != kind
        || event.values().size() != keys.length
        || !event.type().equals(type)) {
      return false;
    }
    int i = 0;
    for (Map.Entry<String, Value> one : event.values().byName().entrySet()) {
      if (ValueForm.of(one.getValue()) != forms[i] || !one.getKey().equals(keys[i])) {
        return false;
      }
      i++;
    }
    return true;
  }

  void add(int device, Values values, ValueColumnWriter.Texts texts) {
    int i = 0;
    for (Value value : values.byName().values()) {
      writers[i++].add(device, value, texts);
    }
  }
}
