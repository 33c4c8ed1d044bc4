package org.linli.edge.intake.mqtt;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Connections without a client: before their CONNECT, or while their last packet is being sent. If
 * there are too many, the oldest is closed, because a device sends CONNECT at once. For one event
 * loop.
 */
final class Strangers {

  private final int most;
  private final Set<MqttConnection> oldestFirst = new LinkedHashSet<>();

  Strangers(int most) {
    this.most = most;
  }

  void add(MqttConnection connection) {
    oldestFirst.add(connection);
    if (oldestFirst.size() > most) {
      MqttConnection first = oldestFirst.iterator().next();
      oldestFirst.remove(first);
      first.drop();
    }
  }

  void remove(MqttConnection connection) {
    oldestFirst.remove(connection);
  }

  int number() {
    return oldestFirst.size();
  }
}
