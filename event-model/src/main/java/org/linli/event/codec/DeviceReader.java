package org.linli.event.codec;

import java.util.List;
import org.linli.event.Batch;
import org.linli.event.DeviceId;
import org.linli.event.wire.ColumnsWire.Columns;

/** A device in a message, and the values that its next event is decoded against. */
final class DeviceReader {

  final DeviceId id;
  long order;
  long delay;
  long deviceTimeDelay;
  int idAffix;
  long idOffset;

  private DeviceReader(DeviceId id, long firstOrder) {
    this.id = id;
    this.order = firstOrder - 1;
  }

  static DeviceReader[] all(ColumnFields fields) throws MalformedException {
    List<Affix> affixes = fields.deviceAffixes();
    WireCursor affix = fields.packed(Columns.DEVICE_AFFIX_FIELD_NUMBER);
    WireCursor number = fields.packed(Columns.DEVICE_NUMBER_FIELD_NUMBER);
    WireCursor order = fields.packed(Columns.DEVICE_ORDER_FIELD_NUMBER);
    // Each device takes at least one byte in the column of affixes.
    DeviceReader[] devices = new DeviceReader[Math.min(affix.entries(), Batch.MAX_EVENTS)];
    long lastNumber = 0;
    long lastOrder = 0;
    for (int i = 0; i < devices.length; i++) {
      Affix found = affixes.isEmpty() ? Affix.NO_ID : affixes.get(affix.index(affixes.size() - 1));
      String name = found.text();
      if (found.form() == Affix.Form.COUNTED) {
        lastNumber += number.zigzag();
        name = found.with("", Affix.requireNumber(lastNumber));
      }
      lastOrder += order.zigzag();
      try {
        devices[i] = new DeviceReader(new DeviceId(name), lastOrder);
      } catch (IllegalArgumentException broken) {
        throw new MalformedException("device " + (i + 1) + ": " + broken.getMessage());
      }
    }
    affix.expectEnd();
    number.expectEnd();
    order.expectEnd();
    return devices;
  }
}
