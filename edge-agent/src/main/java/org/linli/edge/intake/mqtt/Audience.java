package org.linli.edge.intake.mqtt;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.linli.edge.command.CommandAddress;

/** Which connections want to hear the commands of which device; for any thread. */
final class Audience {

  private final Map<CommandAddress, Set<Deliveries>> listening = new ConcurrentHashMap<>();

  /** From when this returns on, each change is told. */
  void join(CommandAddress address, Deliveries listener) {
    listening.compute(
        address,
        (of, present) -> {
          Set<Deliveries> listeners = present == null ? ConcurrentHashMap.newKeySet() : present;
          listeners.add(listener);
          return listeners;
        });
  }

  void leave(CommandAddress address, Deliveries listener) {
    listening.computeIfPresent(
        address,
        (of, listeners) -> {
          listeners.remove(listener);
          return listeners.isEmpty() ? null : listeners;
        });
  }

  /** How many devices there are whose commands somebody wants to hear. */
  int devices() {
    return listening.size();
  }

  /** Another command holds for this device, or none. */
  void changed(CommandAddress address) {
    listening.getOrDefault(address, Set.of()).forEach(listener -> listener.changed(address));
  }
}
