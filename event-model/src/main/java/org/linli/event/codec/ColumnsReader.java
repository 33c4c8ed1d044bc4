package org.linli.event.codec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.event.Batch;
import org.linli.event.DeviceEvent;
import org.linli.event.EventId;
import org.linli.event.TakenEvent;
import org.linli.event.Value;
import org.linli.event.Values;
import org.linli.event.wire.ColumnsWire.Columns;

/**
 * Reads the message {@code Columns} and trusts nothing: before it allocates anything, it checks
 * every count against the bytes that are left and against the limits of a batch.
 */
final class ColumnsReader {

  private final ColumnFields fields;
  private final int count;
  private final int[] deviceOf;
  private final ShapeReader[] shapeOf;

  private ColumnsReader(ColumnFields fields) throws MalformedException {
    this.fields = fields;
    this.count = fields.count();
    this.deviceOf = new int[count];
    this.shapeOf = new ShapeReader[count];
  }

  static List<TakenEvent> read(WireCursor message) throws MalformedException {
    return new ColumnsReader(ColumnFields.of(message)).read();
  }

  private List<TakenEvent> read() throws MalformedException {
    if (count == 0) {
      return List.of();
    }
    DeviceReader[] devices = DeviceReader.all(fields);
    readDevicesAndShapes(devices);
    ValueColumnReader[] columns = readValues(devices.length);

    Column takenAt = column(Columns.TAKEN_AT_FIELD_NUMBER);
    Column delay = column(Columns.DELAY_FIELD_NUMBER);
    Column order = column(Columns.ORDER_FIELD_NUMBER);
    DeviceTimes deviceTimes = new DeviceTimes(fields, count);
    Ids ids = new Ids(fields);
    List<TakenEvent> events = new ArrayList<>(count);
    long millis = fields.firstTakenAt();
    for (int i = 0; i < count; i++) {
      DeviceReader device = devices[deviceOf[i]];
      millis += takenAt.next();
      device.delay += delay.next();
      device.order += 1 + order.next();
      try {
        events.add(
            new TakenEvent(
                device.order,
                new DeviceEvent(
                    device.id,
                    shapeOf[i].kind(),
                    shapeOf[i].type(),
                    ids.next(device),
                    Instant.ofEpochMilli(millis - device.delay),
                    deviceTimes.of(i, device, millis),
                    Instant.ofEpochMilli(millis),
                    values(shapeOf[i], columns))));
      } catch (IllegalArgumentException broken) {
        throw new MalformedException("event " + (i + 1) + ": " + broken.getMessage());
      }
    }
    takenAt.expectEnd();
    delay.expectEnd();
    order.expectEnd();
    deviceTimes.expectEnd();
    ids.expectEnd();
    return events;
  }

  private void readDevicesAndShapes(DeviceReader[] devices) throws MalformedException {
    List<ShapeReader> shapes = fields.shapes();
    WireCursor device = fields.packed(Columns.DEVICE_FIELD_NUMBER);
    WireCursor shape = fields.packed(Columns.SHAPE_FIELD_NUMBER);
    @Nullable ShapeReader[] last = new ShapeReader[devices.length];
    long values = 0;
    for (int i = 0; i < count; i++) {
      deviceOf[i] = device.index(devices.length - 1);
      int code = shape.index(shapes.size());
      ShapeReader found = code == 0 ? last[deviceOf[i]] : shapes.get(code - 1);
      if (found == null) {
        throw new MalformedException(
            "event " + (i + 1) + " has the shape of the event before, and there is none");
      }
      last[deviceOf[i]] = found;
      shapeOf[i] = found;
      values += found.columns().length;
      if (values > Batch.MAX_VALUES) {
        throw new MalformedException(
            "the events have more than " + Batch.MAX_VALUES + " values together");
      }
    }
    device.expectEnd();
    shape.expectEnd();
  }

  private ValueColumnReader[] readValues(int devices) throws MalformedException {
    ValueColumnReader[] columns = fields.columns().toArray(ValueColumnReader[]::new);
    int[] sizes = new int[columns.length];
    for (ShapeReader shape : shapeOf) {
      for (int column : shape.columns()) {
        sizes[column]++;
      }
    }
    for (int i = 0; i < columns.length; i++) {
      columns[i].expect(sizes[i]);
    }
    for (int i = 0; i < count; i++) {
      for (int column : shapeOf[i].columns()) {
        columns[column].addDevice(deviceOf[i]);
      }
    }
    LastValues last = new LastValues(devices);
    ValueColumnReader.Texts texts = new ValueColumnReader.Texts(fields.texts());
    for (ValueColumnReader column : columns) {
      column.read(last, texts);
    }
    texts.expectEnd();
    return columns;
  }

  private static Values values(ShapeReader shape, ValueColumnReader[] columns) {
    if (shape.columns().length == 0) {
      return Values.NONE;
    }
    Map<String, Value> byName = LinkedHashMap.newLinkedHashMap(shape.columns().length);
    for (int column : shape.columns()) {
      byName.put(columns[column].key(), columns[column].next());
    }
    return new Values(byName);
  }

  private Column column(int field) {
    return new Column(fields.find(field));
  }

  /** A column with one entry per event; the message leaves it out when all are zero. */
  private record Column(@Nullable WireCursor content) {

    long next() throws MalformedException {
      return content == null ? 0 : content.zigzag();
    }

    void expectEnd() throws MalformedException {
      if (content != null) {
        content.expectEnd();
      }
    }
  }

  /** The few device times that were not believable. */
  private static final class DeviceTimes {
    private final @Nullable WireCursor at;
    private final @Nullable WireCursor delays;
    private final int count;
    private int next = -1;

    DeviceTimes(ColumnFields fields, int count) throws MalformedException {
      this.at = fields.find(Columns.DEVICE_TIME_AT_FIELD_NUMBER);
      this.delays = fields.find(Columns.DEVICE_TIME_DELAY_FIELD_NUMBER);
      this.count = count;
      advance();
    }

    @Nullable Instant of(int event, DeviceReader device, long takenAt) throws MalformedException {
      if (event != next || delays == null) {
        return null;
      }
      device.deviceTimeDelay += delays.zigzag();
      advance();
      return Instant.ofEpochMilli(takenAt - device.deviceTimeDelay);
    }

    private void advance() throws MalformedException {
      next = at == null || at.atEnd() ? count : next + 1 + at.index(count - next - 2);
    }

    void expectEnd() throws MalformedException {
      if (at != null) {
        at.expectEnd();
      }
      if (delays != null) {
        delays.expectEnd();
      }
    }
  }

  /** The ids of the events, many of which count up with the order numbers of their devices. */
  private static final class Ids {
    private final List<Affix> affixes;
    private final @Nullable WireCursor affix;
    private final @Nullable WireCursor offset;
    private final List<String> texts;
    private int nextText;

    Ids(ColumnFields fields) throws MalformedException {
      this.affixes = fields.idAffixes();
      this.affix = fields.find(Columns.ID_AFFIX_FIELD_NUMBER);
      this.offset = fields.find(Columns.ID_OFFSET_FIELD_NUMBER);
      this.texts = fields.idTexts();
      if (affixes.isEmpty()) {
        throw new MalformedException("id_affixes is empty");
      }
    }

    @Nullable EventId next(DeviceReader device) throws MalformedException {
      int code = affix == null ? 0 : affix.index(affixes.size());
      if (code > 0) {
        device.idAffix = code - 1;
      }
      Affix found = affixes.get(device.idAffix);
      return switch (found.form()) {
        case NONE -> null;
        case TEXT -> {
          if (nextText == texts.size()) {
            throw new MalformedException("id_texts ends too early");
          }
          yield new EventId(texts.get(nextText++));
        }
        case COUNTED, DEVICE_COUNTED -> {
          device.idOffset += offset == null ? 0 : offset.zigzag();
          yield new EventId(
              found.with(device.id.value(), Affix.requireNumber(device.order + device.idOffset)));
        }
      };
    }

    void expectEnd() throws MalformedException {
      if (affix != null) {
        affix.expectEnd();
      }
      if (offset != null) {
        offset.expectEnd();
      }
      if (nextText < texts.size()) {
        throw new MalformedException("id_texts has more texts than the events need");
      }
    }
  }
}
