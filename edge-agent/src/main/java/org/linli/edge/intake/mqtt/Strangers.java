package org.linli.edge.intake.mqtt;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Connections without a client: before their CONNECT, or while their last packet is being sent. If
 * there are too many, the oldest is closed, because a device sends CONNECT at once. For one event
 * loop.
 */
final class Strangers {

  /** A connection without a client. */
  @FunctionalInterface
  interface Stranger {

    /** Closes the socket at once: too many connections are before CONNECT or do not close. */
    void drop();
  }

  private final int most;
  private final Set<Stranger> oldestFirst = new LinkedHashSet<>();

  Strangers(int most) {
    this.most = most;
  }

  void add(Stranger stranger) {
    oldestFirst.add(stranger);
    if (oldestFirst.size() > most) {
      Stranger first = oldestFirst.iterator().next();
      oldestFirst.remove(first);
      first.drop();
    }
  }

  void remove(Stranger stranger) {
    oldestFirst.remove(stranger);
  }

  int number() {
    return oldestFirst.size();
  }
}
