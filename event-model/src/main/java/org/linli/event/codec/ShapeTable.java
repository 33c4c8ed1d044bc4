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

  private record ColumnKey(String name, ValueForm form) implements Comparable<ColumnKey> {

    /** Also keeps hash tables of these fast when names were made to collide. */
    @Override
    public int compareTo(ColumnKey other) {
      int byName = name.compareTo(other.name);
      return byName != 0 ? byName : form.compareTo(other.form);
    }
  }

  private record Outline(Kind kind, EventType type, List<ColumnKey> keys)
      implements Comparable<Outline> {

    @Override
    public int compareTo(Outline other) {
      int byKind = kind.compareTo(other.kind);
      int byType = byKind != 0 ? byKind : type.compareTo(other.type);
      int bySize = byType != 0 ? byType : Integer.compare(keys.size(), other.keys.size());
      for (int i = 0; bySize == 0 && i < keys.size(); i++) {
        bySize = keys.get(i).compareTo(other.keys.get(i));
      }
      return bySize;
    }
  }

  private final Map<Outline, ShapeWriter> shapes = new HashMap<>();
  private final List<ShapeWriter> inOrder = new ArrayList<>();
  private final Map<ColumnKey, Integer> columnIndices = new HashMap<>();
  private final List<ValueColumnWriter> columns = new ArrayList<>();

  ShapeWriter find(DeviceEvent event) {
    List<ColumnKey> columnKeys = new ArrayList<>(event.values().size());
    event
        .values()
        .byName()
        .forEach((name, value) -> columnKeys.add(new ColumnKey(name, ValueForm.of(value))));
    Outline outline = new Outline(event.kind(), event.type(), columnKeys);
    ShapeWriter known = shapes.get(outline);
    if (known != null) {
      return known;
    }
    int[] indices = new int[columnKeys.size()];
    String[] names = new String[columnKeys.size()];
    ValueForm[] forms = new ValueForm[columnKeys.size()];
    ValueColumnWriter[] writers = new ValueColumnWriter[columnKeys.size()];
    for (int i = 0; i < columnKeys.size(); i++) {
      ColumnKey key = columnKeys.get(i);
      indices[i] = column(key);
      names[i] = key.name();
      forms[i] = key.form();
      writers[i] = columns.get(indices[i]);
    }
    ShapeWriter made =
        new ShapeWriter(shapes.size(), event.kind(), event.type(), names, forms, indices, writers);
    shapes.put(outline, made);
    inOrder.add(made);
    return made;
  }

  private int column(ColumnKey key) {
    Integer known = columnIndices.putIfAbsent(key, columns.size());
    if (known != null) {
      return known;
    }
    columns.add(new ValueColumnWriter(key.name(), key.form()));
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
