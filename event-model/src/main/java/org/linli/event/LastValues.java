package org.linli.event;

/**
 * What a column's next number is said against: the same device's last one in this column; for a
 * device's first, the last of any device; for the first of all, 0. Writer and reader keep it alike.
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
