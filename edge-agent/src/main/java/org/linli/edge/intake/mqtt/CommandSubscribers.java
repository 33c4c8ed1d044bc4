package org.linli.edge.intake.mqtt;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.linli.edge.command.CommandAddress;

/** Which connections are subscribed to the commands of which device. Thread-safe. */
final class CommandSubscribers {

  /** Is notified of changed commands. */
  @FunctionalInterface
  interface Subscriber {

    /** The device has another command, or none; called from any thread. */
    void changed(CommandAddress address);
  }

  private final Map<CommandAddress, Set<Subscriber>> subscribed = new ConcurrentHashMap<>();

  /** Registers a subscriber. It is notified of every change after this returns. */
  void join(CommandAddress address, Subscriber subscriber) {
    subscribed.compute(
        address,
        (of, present) -> {
          Set<Subscriber> subscribers = present == null ? ConcurrentHashMap.newKeySet() : present;
          subscribers.add(subscriber);
          return subscribers;
        });
  }

  void leave(CommandAddress address, Subscriber subscriber) {
    subscribed.computeIfPresent(
        address,
        (of, subscribers) -> {
          subscribers.remove(subscriber);
          return subscribers.isEmpty() ? null : subscribers;
        });
  }

  /** Number of devices whose commands have subscribers. */
  int devices() {
    return subscribed.size();
  }

  /** The device has another command, or none any more. */
  void changed(CommandAddress address) {
    subscribed.getOrDefault(address, Set.of()).forEach(subscriber -> subscriber.changed(address));
  }
}
