package org.linli.event;

import java.util.List;

/**
 * Events in columns, without compression: what a gateway's outbox row holds and what a batch is
 * built around.
 */
public final class EventColumns {

  private EventColumns() {}

  /**
   * @throws IllegalArgumentException when there are more events or values than {@link
   *     Batch#MAX_EVENTS} and {@link Batch#MAX_VALUES} allow in one batch
   */
  public static byte[] encode(List<TakenEvent> events) {
    Batch.requireRoom(events);
    return ColumnsWriter.write(events).toByteArray();
  }

  /**
   * @throws IllegalArgumentException when the bytes are not what {@link #encode} wrote: for our own
   *     disk only
   */
  public static List<TakenEvent> decode(byte[] bytes) {
    try {
      return ColumnsReader.read(new WireCursor("an outbox row", bytes));
    } catch (MalformedException malformed) {
      throw new IllegalArgumentException(malformed.getMessage(), malformed);
    }
  }
}
