package org.linli.event.codec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceEvent;
import org.linli.event.EventId;
import org.linli.event.TakenEvent;
import org.linli.event.wire.ColumnsWire.Columns;

/** Writes events as the message {@code Columns}; the rules are in docs/protocol.md. */
final class ColumnsWriter {

  private final List<TakenEvent> events;
  private final Map<String, Device> devices = new HashMap<>();

  /** The device of each event. */
  private final Device[] speakers;

  private final AffixTable deviceAffixes = new AffixTable();
  private final AffixTable idAffixes = new AffixTable();
  private final ShapeTable shapes = new ShapeTable();
  private final ValueColumnWriter.Texts texts = new ValueColumnWriter.Texts();

  private final WireBuffer device;
  private final WireBuffer shape;
  private final WireBuffer takenAt;
  private final WireBuffer delay;
  private final WireBuffer order;
  private final WireBuffer idAffix;
  private final WireBuffer idOffset;
  private final WireBuffer idTexts = new WireBuffer(0);
  private final WireBuffer deviceTimeAt = new WireBuffer(0);
  private final WireBuffer deviceTimeDelay = new WireBuffer(0);

  private ColumnsWriter(List<TakenEvent> events) {
    this.events = events;
    speakers = new Device[events.size()];
    int expected = events.size() + 16;
    device = new WireBuffer(expected);
    shape = new WireBuffer(expected);
    takenAt = new WireBuffer(2 * expected);
    delay = new WireBuffer(expected);
    order = new WireBuffer(expected);
    idAffix = new WireBuffer(expected);
    idOffset = new WireBuffer(expected);
  }

  static WireBuffer write(List<TakenEvent> events) {
    return new ColumnsWriter(events).write();
  }

  /** A device in these events, and the values that its next event is encoded against. */
  private static final class Device {
    private final String name;
    private final Affix affix;
    private final int affixIndex;
    private final long number;
    private final long firstOrder;
    private int index;
    private long lastOrder;
    private long delay;
    private long deviceTimeDelay;
    private @Nullable ShapeWriter shape;

    /** The shape before that: many devices send measurements and one sort of event by turns. */
    private @Nullable ShapeWriter shapeBefore;

    private int idAffix;
    private boolean idAffixChosen;
    private long idOffset;

    Device(String name, Affix affix, int affixIndex, long firstOrder) {
      this.name = name;
      this.affix = affix;
      this.affixIndex = affixIndex;
      this.number = affix.counted() ? Affix.numberOf(name) : 0;
      this.firstOrder = firstOrder;
      this.lastOrder = firstOrder - 1;
    }
  }

  private WireBuffer write() {
    WireBuffer columns = new WireBuffer(256 + 24 * events.size());
    columns.number(Columns.COUNT_FIELD_NUMBER, events.size());
    writeDevices(columns);
    long before = events.isEmpty() ? 0 : millis(events.getFirst());
    columns.number(Columns.FIRST_TAKEN_AT_FIELD_NUMBER, before << 1 ^ before >> 63);
    int lastWithDeviceTime = -1;
    for (int i = 0; i < events.size(); i++) {
      TakenEvent taken = events.get(i);
      DeviceEvent event = taken.event();
      Device of = speakers[i];
      device.varint(of.index);
      addShape(event, of);
      long millis = millis(taken);
      takenAt.zigzag(millis - before);
      before = millis;
      long lag = millis - event.time().toEpochMilli();
      delay.zigzag(lag - of.delay);
      of.delay = lag;
      if (event.deviceTime() != null) {
        deviceTimeAt.varint(i - lastWithDeviceTime - 1);
        lastWithDeviceTime = i;
        long deviceLag = millis - event.deviceTime().toEpochMilli();
        deviceTimeDelay.zigzag(deviceLag - of.deviceTimeDelay);
        of.deviceTimeDelay = deviceLag;
      }
      order.zigzag(taken.order() - of.lastOrder - 1);
      of.lastOrder = taken.order();
      addId(event.id(), of, taken.order());
    }
    assemble(columns);
    return columns;
  }

  private void writeDevices(WireBuffer columns) {
    List<Device> sorted = new ArrayList<>();
    for (int i = 0; i < speakers.length; i++) {
      TakenEvent taken = events.get(i);
      String name = taken.event().device().value();
      Device found = devices.get(name);
      if (found == null) {
        Affix affix = Affix.ofName(name);
        found = new Device(name, affix, deviceAffixes.index(affix), taken.order());
        devices.put(name, found);
        sorted.add(found);
      }
      speakers[i] = found;
    }
    // Sorted, so that the differences between neighbours are small.
    sorted.sort(
        Comparator.<Device>comparingInt(one -> one.affixIndex)
            .thenComparingLong(one -> one.number));
    WireBuffer affixes = new WireBuffer(sorted.size() + 10);
    WireBuffer numbers = new WireBuffer(sorted.size() + 10);
    WireBuffer orders = new WireBuffer(2 * sorted.size() + 10);
    long lastNumber = 0;
    long lastOrder = 0;
    for (int i = 0; i < sorted.size(); i++) {
      Device one = sorted.get(i);
      one.index = i;
      affixes.varint(one.affixIndex);
      if (one.affix.counted()) {
        numbers.zigzag(one.number - lastNumber);
        lastNumber = one.number;
      }
      orders.zigzag(one.firstOrder - lastOrder);
      lastOrder = one.firstOrder;
    }
    deviceAffixes.write(columns, Columns.DEVICE_AFFIXES_FIELD_NUMBER);
    columns.column(Columns.DEVICE_AFFIX_FIELD_NUMBER, affixes);
    columns.column(Columns.DEVICE_NUMBER_FIELD_NUMBER, numbers);
    columns.column(Columns.DEVICE_ORDER_FIELD_NUMBER, orders);
  }

  private void addShape(DeviceEvent event, Device of) {
    ShapeWriter last = of.shape;
    ShapeWriter found = last;
    if (last == null || !last.fits(event)) {
      ShapeWriter before = of.shapeBefore;
      found = before != null && before.fits(event) ? before : shapes.find(event);
      of.shape = found;
      of.shapeBefore = last;
      shape.varint(found.index() + 1);
    } else {
      shape.varint(0);
      found = last;
    }
    found.add(of.index, event.values(), texts);
  }

  private void addId(@Nullable EventId id, Device of, long order) {
    Affix present = idAffixes.isEmpty() ? null : idAffixes.get(of.idAffix);
    Affix needed;
    if (id == null) {
      needed = Affix.NO_ID;
    } else if (present != null && present.fits(of.name, id.value())) {
      needed = present;
    } else {
      needed = Affix.ofId(of.name, id.value());
      // A device that begins each id differently would fill the table of affixes for nothing.
      if (of.idAffixChosen && needed.counted() && !idAffixes.has(needed)) {
        needed = Affix.LISTED;
      }
    }
    if (needed.equals(present)) {
      idAffix.varint(0);
    } else {
      int index = idAffixes.index(needed);
      idAffix.varint(index == of.idAffix ? 0 : index + 1);
      of.idAffix = index;
    }
    if (id == null) {
      return;
    }
    of.idAffixChosen = true;
    if (needed.counted()) {
      long offset = Affix.numberOf(id.value()) - order;
      idOffset.zigzag(offset - of.idOffset);
      of.idOffset = offset;
    } else {
      idTexts.text(Columns.ID_TEXTS_FIELD_NUMBER, id.value(), false);
    }
  }

  private void assemble(WireBuffer columns) {
    columns.column(Columns.DEVICE_FIELD_NUMBER, device);
    shapes.writeShapes(columns);
    columns.column(Columns.SHAPE_FIELD_NUMBER, shape);
    columns.sparseColumn(Columns.TAKEN_AT_FIELD_NUMBER, takenAt);
    columns.sparseColumn(Columns.DELAY_FIELD_NUMBER, delay);
    columns.column(Columns.DEVICE_TIME_AT_FIELD_NUMBER, deviceTimeAt);
    columns.column(Columns.DEVICE_TIME_DELAY_FIELD_NUMBER, deviceTimeDelay);
    columns.sparseColumn(Columns.ORDER_FIELD_NUMBER, order);
    idAffixes.write(columns, Columns.ID_AFFIXES_FIELD_NUMBER);
    columns.sparseColumn(Columns.ID_AFFIX_FIELD_NUMBER, idAffix);
    columns.sparseColumn(Columns.ID_OFFSET_FIELD_NUMBER, idOffset);
    columns.append(idTexts);
    shapes.writeColumns(columns, devices.size(), texts);
    columns.append(texts.written());
  }

  private static long millis(TakenEvent taken) {
    return taken.event().takenAt().toEpochMilli();
  }
}
