package org.linli.edge.intake.mqtt;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Connections that have no client yet, or none any more: before their CONNECT, and while a last
 * word is on its way. Where there are too many, the one that was here first has to go: a device
 * says its CONNECT at once. For one event loop.
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
