package org.linli.edge.intake;

/**
 * How a message came.
 *
 * @param connection number of the device's connection, from 1; a later connection has a higher one;
 *     0 if the device has no connection of its own
 * @param isSignOfLife whether the device sent it now; false for a will, which is published after
 *     the device has gone
 * @param wasRetained whether it is a retained message of a broker, which may be of any age
 */
public record Origin(long connection, boolean isSignOfLife, boolean wasRetained) {

  /** From a device that has no connection of its own here. */
  public static final Origin NO_CONNECTION = new Origin(0, true, false);

  /** A will, published after its client has gone. */
  public static final Origin WILL = new Origin(0, false, false);

  /** A retained message of a broker. */
  public static final Origin RETAINED = new Origin(0, false, true);

  /** Received over this connection. */
  public static Origin over(long connection) {
    return new Origin(connection, true, false);
  }
}
