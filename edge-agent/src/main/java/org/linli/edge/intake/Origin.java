package org.linli.edge.intake;

/**
 * How a message came.
 *
 * @param connection number of the device's connection, from 1; a later connection has a higher one;
 *     0 if the device has no connection of its own
 * @param isSignOfLife whether the device sent it now; false for a will, which is published after
 *     the device has gone
 * @param wasRetained whether it is a retained message of a broker, which may be of any age
 * @param refusedIfNoRoom whether it is refused if there is no room for its device. Otherwise the
 *     device has to send it again. It is refused if messages of other devices would wait behind it,
 *     and its sender can be told, or has no answer to wait for
 */
public record Origin(
    long connection, boolean isSignOfLife, boolean wasRetained, boolean refusedIfNoRoom) {

  /** From a device that has no connection of its own here. */
  public static final Origin NO_CONNECTION = new Origin(0, true, false, false);

  /** A will, published after its client has gone. */
  public static final Origin WILL = new Origin(0, false, false, false);

  /** From a broker. All devices behind it share one connection. */
  public static final Origin BROKER = new Origin(0, true, false, true);

  /** A retained message of a broker. */
  public static final Origin RETAINED = new Origin(0, false, true, true);

  /** Received over this connection. */
  public static Origin over(long connection, boolean refusedIfNoRoom) {
    return new Origin(connection, true, false, refusedIfNoRoom);
  }
}
