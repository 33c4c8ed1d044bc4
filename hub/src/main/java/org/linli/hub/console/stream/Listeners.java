package org.linli.hub.console.stream;

import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The places of those who listen to the stream. Safe for any thread. */
@Component
final class Listeners {

  private static final int FEWEST = 16;
  private static final int BYTES_OF_LISTENER = 160 * 1024;

  private final int most;
  private final Semaphore places;

  @Autowired
  Listeners(StreamSettings settings) {
    this(most(settings.listeners(), Runtime.getRuntime().maxMemory()));
  }

  Listeners(int most) {
    this.most = most;
    this.places = new Semaphore(most);
  }

  /**
   * Returns the number wanted, but no more than a quarter of the connections that a heap can hold.
   */
  static int most(int wanted, long heap) {
    return (int) Math.min(wanted, Math.max(FEWEST, heap / 32 / BYTES_OF_LISTENER));
  }

  /** Returns how many there can be at a time. */
  int most() {
    return most;
  }

  /** Returns whether there was a place; whoever gets one has to {@link #leave}. */
  boolean enter() {
    return places.tryAcquire();
  }

  void leave() {
    places.release();
  }

  /** Returns whether somebody listens. */
  boolean isAnyone() {
    return places.availablePermits() < most;
  }
}
