package org.linli.edge.intake.mqtt;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Connections without a client: before their CONNECT, or while their last packet is being sent. If
 * there are too many, the oldest is closed, because a device sends CONNECT at once. For one event
 * loop.
 */
final class PendingConnections {

  /** A connection without a client. */
  @FunctionalInterface
  interface Connection {

    /** Closes the socket at once: too many connections are before CONNECT or do not close. */
    void drop();
  }

  private final int most;
  private final Set<Connection> oldestFirst = new LinkedHashSet<>();

  PendingConnections(int most) {
    this.most = most;
  }

  void add(Connection connection) {
    oldestFirst.add(connection);
    if (oldestFirst.size() > most) {
      Connection first = oldestFirst.iterator().next();
      oldestFirst.remove(first);
      first.drop();
    }
  }

  void remove(Connection connection) {
    oldestFirst.remove(connection);
  }

  int number() {
    return oldestFirst.size();
  }
}
