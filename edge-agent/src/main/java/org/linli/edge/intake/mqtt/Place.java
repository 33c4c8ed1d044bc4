package org.linli.edge.intake.mqtt;

import java.util.function.LongSupplier;

/**
 * What a client has done with its place at the door. Written on its connection's event loop, read
 * on any.
 */
final class Place {

  private final String network;
  private final Runnable leave;
  private final LongSupplier nanoTime;
  private volatile boolean hasPublished;
  private volatile boolean inFlight;
  private volatile long since;

  /**
   * @param network whose it is: an address, or the network of one
   * @param leave called when the client has to go, from whatever thread
   */
  Place(String network, Runnable leave, LongSupplier nanoTime) {
    this.network = network;
    this.leave = leave;
    this.nanoTime = nanoTime;
    this.since = nanoTime.getAsLong();
  }

  String network() {
    return network;
  }

  /** The client may publish from now on. */
  void letIn() {
    since = nanoTime.getAsLong();
  }

  /** A message of it is on its way to the disk. */
  void published() {
    since = nanoTime.getAsLong();
    hasPublished = true;
    inFlight = true;
  }

  /** Everything that it published is answered. */
  void rests() {
    inFlight = false;
  }

  boolean isInFlight() {
    return inFlight;
  }

  boolean hasPublished() {
    return hasPublished;
  }

  /** When it published last, or was let in where it never did. */
  long since() {
    return since;
  }

  void putOut() {
    leave.run();
  }
}
