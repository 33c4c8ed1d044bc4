package org.linli.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Events that a gateway shed because its outbox was full: those of the rows {@code first} to {@code
 * last}, counted by device. A shed range itself is never shed (delivery contract, point 7).
 *
 * @throws IllegalArgumentException from the constructor when {@code last} is before {@code first},
 *     or a sequence or count is below 1 or above {@link Counts#LARGEST}
 */
public record ShedRange(long first, long last, Map<DeviceId, Long> eventsByDevice) {

  public ShedRange {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException(
          "shed sequences must count from 1 and rise: %d to %d".formatted(first, last));
    }
    Counts.require("the last shed sequence", last, 1);
    eventsByDevice.forEach((device, count) -> requireCount(device, count));
    // Not Map.copyOf: that is slow with names that were made to collide.
    eventsByDevice = Collections.unmodifiableMap(new LinkedHashMap<>(eventsByDevice));
  }

  private static void requireCount(DeviceId device, long count) {
    if (count < 1 || count > Counts.LARGEST) {
      throw new IllegalArgumentException(
          "shed count of %s is %d, 1 to %d are allowed".formatted(device, count, Counts.LARGEST));
    }
  }

  /** The events of all devices together, at most {@link Counts#LARGEST}. */
  public long events() {
    return eventsByDevice.values().stream().reduce(0L, Counts::sum);
  }
}
