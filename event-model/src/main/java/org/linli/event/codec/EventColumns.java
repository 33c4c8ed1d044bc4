package org.linli.event.codec;

import java.util.List;
import org.linli.event.Batch;
import org.linli.event.TakenEvent;

/**
 * Events in columns, without compression: the content of a gateway's outbox row and the core of a
 * batch.
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
   * @throws IllegalArgumentException when {@link #encode} did not write these bytes: only for a
   *     program's own disk
   */
  public static List<TakenEvent> decode(byte[] bytes) {
    try {
      return ColumnsReader.read(new WireCursor("an outbox row", bytes));
    } catch (MalformedException malformed) {
      throw new IllegalArgumentException(malformed.getMessage(), malformed);
    }
  }
}
