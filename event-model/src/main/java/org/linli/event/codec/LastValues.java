package org.linli.event.codec;

/**
 * The value that a column's next number is encoded against: the last one of the same device in this
 * column; for a device's first number, the last one of any device; for the very first, 0. Writer
 * and reader keep the same values.
 */
final class LastValues {

  private final long[] ofDevice;
  private final int[] columnOfDevice;
  private int column;
  private long latest;

  LastValues(int devices) {
    ofDevice = new long[devices];
    columnOfDevice = new int[devices];
  }

  void beginColumn() {
    column++;
    latest = 0;
  }

  long before(int device) {
    return columnOfDevice[device] == column ? ofDevice[device] : latest;
  }

  void put(int device, long value) {
    ofDevice[device] = value;
    columnOfDevice[device] = column;
    latest = value;
  }
}
