package org.linli.edge.intake.mqtt;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.linli.edge.command.CommandAddress;

/** Which connections are subscribed to the commands of which device. Thread-safe. */
final class Audience {

  /** Is notified of changed commands. */
  @FunctionalInterface
  interface Listener {

    /** The device has another command, or none; called from any thread. */
    void changed(CommandAddress address);
  }

  private final Map<CommandAddress, Set<Listener>> listening = new ConcurrentHashMap<>();

  /** Registers a listener. It is notified of every change after this returns. */
  void join(CommandAddress address, Listener listener) {
    listening.compute(
        address,
        (of, present) -> {
          Set<Listener> listeners = present == null ? ConcurrentHashMap.newKeySet() : present;
          listeners.add(listener);
          return listeners;
        });
  }

  void leave(CommandAddress address, Listener listener) {
    listening.computeIfPresent(
        address,
        (of, listeners) -> {
          listeners.remove(listener);
          return listeners.isEmpty() ? null : listeners;
        });
  }

  /** Number of devices whose commands have subscribers. */
  int devices() {
    return listening.size();
  }

  /** The device has another command, or none any more. */
  void changed(CommandAddress address) {
    listening.getOrDefault(address, Set.of()).forEach(listener -> listener.changed(address));
  }
}
