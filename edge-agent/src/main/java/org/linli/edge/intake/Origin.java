package org.linli.edge.intake;

/**
 * How a message came.
 *
 * @param connection of connections with a beginning and an end, from 1, the later one the higher; 0
 *     where the device has none of its own
 * @param isSignOfLife whether a device sent it now, and not somebody for it who left it behind
 * @param wasRetained whether a broker kept it for whoever comes later: it may be of any age
 */
public record Origin(long connection, boolean isSignOfLife, boolean wasRetained) {

  /** From a device that has no connection of its own here. */
  public static final Origin NO_CONNECTION = new Origin(0, true, false);

  /** The last word of somebody who is gone. */
  public static final Origin WILL = new Origin(0, false, false);

  /** What a broker told again. */
  public static final Origin RETAINED = new Origin(0, false, true);

  /** Over this connection. */
  public static Origin over(long connection) {
    return new Origin(connection, true, false);
  }
}
