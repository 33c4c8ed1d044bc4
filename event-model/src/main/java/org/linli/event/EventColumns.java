package org.linli.event;

import java.util.List;

/**
 * Events in columns, without compression: what a gateway's outbox row holds and what a batch is
 * built around.
 */
public final class EventColumns {

  private EventColumns() {}

  public static byte[] encode(List<TakenEvent> events) {
    throw new UnsupportedOperationException();
  }

  /**
   * @throws IllegalArgumentException when the bytes are not what {@link #encode} wrote: for our own
   *     disk only
   */
  public static List<TakenEvent> decode(byte[] bytes) {
    throw new UnsupportedOperationException();
  }
}
