package org.linli.event.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linli.event.Batch;
import org.linli.event.wire.ColumnsWire;
import org.linli.event.wire.ColumnsWire.Columns;

/** The fields of a message {@code Columns}, each checked on its own, not yet against each other. */
final class ColumnFields {

  private static final Map<Integer, String> PACKED =
      Map.ofEntries(
          Map.entry(Columns.DEVICE_AFFIX_FIELD_NUMBER, "device_affix"),
          Map.entry(Columns.DEVICE_NUMBER_FIELD_NUMBER, "device_number"),
          Map.entry(Columns.DEVICE_ORDER_FIELD_NUMBER, "device_order"),
          Map.entry(Columns.DEVICE_FIELD_NUMBER, "device"),
          Map.entry(Columns.SHAPE_FIELD_NUMBER, "shape"),
          Map.entry(Columns.TAKEN_AT_FIELD_NUMBER, "taken_at"),
          Map.entry(Columns.DELAY_FIELD_NUMBER, "delay"),
          Map.entry(Columns.DEVICE_TIME_AT_FIELD_NUMBER, "device_time_at"),
          Map.entry(Columns.DEVICE_TIME_DELAY_FIELD_NUMBER, "device_time_delay"),
          Map.entry(Columns.ORDER_FIELD_NUMBER, "order"),
          Map.entry(Columns.ID_AFFIX_FIELD_NUMBER, "id_affix"),
          Map.entry(Columns.ID_OFFSET_FIELD_NUMBER, "id_offset"));

  private int count;
  private long firstTakenAt;
  private final List<Affix> deviceAffixes = new ArrayList<>();
  private final List<Affix> idAffixes = new ArrayList<>();
  private final List<ShapeReader> shapes = new ArrayList<>();
  private final List<String> idTexts = new ArrayList<>();
  private final List<ValueColumnReader> columns = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final Map<Integer, WireCursor> packed = new HashMap<>();

  private ColumnFields() {}

  static ColumnFields of(WireCursor message) throws MalformedException {
    ColumnFields fields = new ColumnFields();
    while (!message.atEnd()) {
      fields.read(message.field(), message);
    }
    fields.checkShapes();
    return fields;
  }

  private void read(int field, WireCursor message) throws MalformedException {
    switch (field) {
      case Columns.COUNT_FIELD_NUMBER -> count = message.number("count", Batch.MAX_EVENTS);
      case Columns.FIRST_TAKEN_AT_FIELD_NUMBER -> {
        long zigzag = message.number("first_taken_at");
        firstTakenAt = zigzag >>> 1 ^ -(zigzag & 1);
      }
      case Columns.DEVICE_AFFIXES_FIELD_NUMBER ->
          add(deviceAffixes, affix(message, "device_affixes"), Batch.MAX_EVENTS);
      case Columns.ID_AFFIXES_FIELD_NUMBER ->
          add(idAffixes, affix(message, "id_affixes"), Batch.MAX_EVENTS + 2);
      case Columns.SHAPES_FIELD_NUMBER ->
          add(shapes, ShapeReader.of(message.nested("shapes")), Batch.MAX_EVENTS);
      case Columns.ID_TEXTS_FIELD_NUMBER ->
          add(idTexts, message.text("id_texts"), Batch.MAX_EVENTS);
      case Columns.COLUMNS_FIELD_NUMBER ->
          add(columns, ValueColumnReader.of(message.nested("columns")), Batch.MAX_VALUES);
      case Columns.TEXTS_FIELD_NUMBER -> add(texts, message.text("texts"), Batch.MAX_VALUES);
      default -> {
        String name = PACKED.get(field);
        if (name == null) {
          throw new MalformedException("events has a field " + field + " that is not known");
        }
        if (packed.putIfAbsent(field, message.nested(name)) != null) {
          throw new MalformedException(name + " comes twice");
        }
      }
    }
  }

  int count() {
    return count;
  }

  long firstTakenAt() {
    return firstTakenAt;
  }

  List<Affix> deviceAffixes() {
    return deviceAffixes;
  }

  List<Affix> idAffixes() {
    return idAffixes;
  }

  List<ShapeReader> shapes() {
    return shapes;
  }

  List<String> idTexts() {
    return idTexts;
  }

  List<ValueColumnReader> columns() {
    return columns;
  }

  List<String> texts() {
    return texts;
  }

  /** A packed column; null when the message leaves it out. */
  @Nullable WireCursor find(int field) {
    return packed.get(field);
  }

  /** A packed column; one without entries when the message leaves it out. */
  WireCursor packed(int field) {
    WireCursor found = packed.get(field);
    return found == null ? WireCursor.empty(PACKED.getOrDefault(field, "a column")) : found;
  }

  private void checkShapes() throws MalformedException {
    long slots = 0;
    Set<String> keys = new HashSet<>();
    for (ShapeReader shape : shapes) {
      slots += shape.columns().length;
      if (slots > Batch.MAX_VALUES) {
        throw new MalformedException("the shapes have more columns than a batch can have values");
      }
      keys.clear();
      for (int column : shape.columns()) {
        if (column >= columns.size()) {
          throw new MalformedException(
              "a shape of %s has column %d of %d".formatted(shape.type(), column, columns.size()));
        }
        if (!keys.add(columns.get(column).key())) {
          throw new MalformedException(
              "a shape of %s has the key %s twice"
                  .formatted(shape.type(), columns.get(column).key()));
        }
      }
    }
  }

  private static Affix affix(WireCursor message, String name) throws MalformedException {
    WireCursor content = message.nested(name);
    int form = 0;
    String text = "";
    int width = 0;
    while (!content.atEnd()) {
      switch (content.field()) {
        case ColumnsWire.Affix.FORM_FIELD_NUMBER ->
            form = content.number("the form of an affix", Affix.Form.values().length - 1);
        case ColumnsWire.Affix.TEXT_FIELD_NUMBER -> text = content.text("the text of an affix");
        case ColumnsWire.Affix.WIDTH_FIELD_NUMBER ->
            width = content.number("the width of an affix", Affix.MAX_DIGITS);
        default -> throw new MalformedException(name + " has a field that is not known");
      }
    }
    return Affix.ofWire(form, text, width);
  }

  private static <T> void add(List<T> list, T one, int max) throws MalformedException {
    if (list.size() == max) {
      throw new MalformedException("a list has more than " + max + " entries");
    }
    list.add(one);
  }
}
