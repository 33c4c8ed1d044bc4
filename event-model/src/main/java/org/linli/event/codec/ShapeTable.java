package org.linli.event.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.linli.event.DeviceEvent;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.wire.ColumnsWire.Columns;
import org.linli.event.wire.ColumnsWire.Shape;

/** The shapes of one message and the columns that they share, in the order of their first use. */
final class ShapeTable {

  private record Slot(String key, ValueForm form) implements Comparable<Slot> {

    /** Also keeps hash tables of these fast when names were made to collide. */
    @Override
    public int compareTo(Slot other) {
      int byKey = key.compareTo(other.key);
      return byKey != 0 ? byKey : form.compareTo(other.form);
    }
  }

  private record Outline(Kind kind, EventType type, List<Slot> slots)
      implements Comparable<Outline> {

    @Override
    public int compareTo(Outline other) {
      int byKind = kind.compareTo(other.kind);
      int byType = byKind != 0 ? byKind : type.compareTo(other.type);
      int bySize = byType != 0 ? byType : Integer.compare(slots.size(), other.slots.size());
      for (int i = 0; bySize == 0 && i < slots.size(); i++) {
        bySize = slots.get(i).compareTo(other.slots.get(i));
      }
      return bySize;
    }
  }

  private final Map<Outline, ShapeWriter> shapes = new HashMap<>();
  private final List<ShapeWriter> inOrder = new ArrayList<>();
  private final Map<Slot, Integer> columnIndices = new HashMap<>();
  private final List<ValueColumnWriter> columns = new ArrayList<>();

  ShapeWriter find(DeviceEvent event) {
    List<Slot> slots = new ArrayList<>(event.values().size());
    event.values().byName().forEach((key, value) -> slots.add(new Slot(key, ValueForm.of(value))));
    Outline outline = new Outline(event.kind(), event.type(), slots);
    ShapeWriter known = shapes.get(outline);
    if (known != null) {
      return known;
    }
    int[] columnsOfSlots = new int[slots.size()];
    String[] keys = new String[slots.size()];
    ValueForm[] forms = new ValueForm[slots.size()];
    ValueColumnWriter[] writers = new ValueColumnWriter[slots.size()];
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      columnsOfSlots[i] = column(slot);
      keys[i] = slot.key();
      forms[i] = slot.form();
      writers[i] = columns.get(columnsOfSlots[i]);
    }
    ShapeWriter made =
        new ShapeWriter(
            shapes.size(), event.kind(), event.type(), keys, forms, columnsOfSlots, writers);
    shapes.put(outline, made);
    inOrder.add(made);
    return made;
  }

  private int column(Slot slot) {
    Integer known = columnIndices.putIfAbsent(slot, columns.size());
    if (known != null) {
      return known;
    }
    columns.add(new ValueColumnWriter(slot.key(), slot.form()));
    return columns.size() - 1;
  }

  void writeShapes(WireBuffer message) {
    for (ShapeWriter shape : inOrder) {
      WireBuffer written = new WireBuffer(64);
      written.number(Shape.KIND_FIELD_NUMBER, WireKind.number(shape.kind()));
      written.text(Shape.TYPE_FIELD_NUMBER, shape.type().value(), true);
      WireBuffer indices = new WireBuffer(16);
      for (int column : shape.columns()) {
        indices.varint(column);
      }
      written.column(Shape.COLUMNS_FIELD_NUMBER, indices);
      message.nested(Columns.SHAPES_FIELD_NUMBER, written);
    }
  }

  void writeColumns(WireBuffer message, int devices, ValueColumnWriter.Texts texts) {
    LastValues last = new LastValues(devices);
    for (ValueColumnWriter column : columns) {
      message.nested(Columns.COLUMNS_FIELD_NUMBER, column.write(last, texts));
    }
  }
}
