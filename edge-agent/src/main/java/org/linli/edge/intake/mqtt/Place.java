package org.linli.edge.intake.mqtt;

import java.util.function.LongSupplier;

/**
 * When a client last used its place at the door. Written on its connection's event loop, read on
 * any thread.
 */
final class Place {

  private final String network;
  private final Runnable leave;
  private final LongSupplier nanoTime;
  private volatile boolean hasPublished;
  private volatile boolean inFlight;
  private volatile long since;

  /**
   * @param network the client's address, or the network of it
   * @param leave called from any thread when the client has to leave
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

  /** A message of the client is being processed. */
  void published() {
    since = nanoTime.getAsLong();
    hasPublished = true;
    inFlight = true;
  }

  /** All its messages are answered. */
  void rests() {
    inFlight = false;
  }

  boolean isInFlight() {
    return inFlight;
  }

  boolean hasPublished() {
    return hasPublished;
  }

  /** When it last published, or was accepted if it never did. */
  long since() {
    return since;
  }

  void putOut() {
    leave.run();
  }
}
