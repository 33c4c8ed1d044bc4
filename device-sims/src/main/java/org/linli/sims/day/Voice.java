package org.linli.sims.day;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.linli.event.EventId;
import org.linli.event.EventType;
import org.linli.sims.community.Community.Device;

/**
 * The identity of a simulated device: a name, a count from which its ids are made, and its own
 * random numbers, so that adding or removing a device changes nothing for the others.
 */
final class Voice {

  private final Device device;
  private final String idPrefix;
  private final Consumer<SimulatedEvent> listener;

  /** {@link Random} and not a newer generator, because its numbers are specified to the bit. */
  private final Random chance;

  private long said;

  Voice(Device device, long seed, NamedDay day, String boot, Consumer<SimulatedEvent> listener) {
    this.device = device;
    this.idPrefix = device.id() + "-" + (boot.isEmpty() ? "" : boot + "-");
    this.listener = listener;
    CRC32 name = new CRC32();
    name.update((day + "/" + device.id()).getBytes(StandardCharsets.UTF_8));
    this.chance = new Random(seed * 0x9E3779B97F4A7C15L + name.getValue() * 0xBF58476D1CE4E5B9L);
  }

  Device device() {
    return device;
  }

  Random chance() {
    return chance;
  }

  boolean happens(double probability) {
    return chance.nextDouble() < probability;
  }

  long between(long least, long most) {
    return least + (long) (chance.nextDouble() * (most - least));
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(chance.nextInt(choices.size()));
  }

  void say(long at, String type, Readings readings) {
    listener.accept(
        new SimulatedEvent(
            Instant.ofEpochMilli(at),
            device.id(),
            device.kind(),
            new EventType(type),
            new EventId(idPrefix + String.format(Locale.ROOT, "%06d", ++said)),
            readings.values()));
  }
}
