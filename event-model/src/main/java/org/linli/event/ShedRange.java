package org.linli.event;

import java.util.Map;

/**
 * Events that a gateway gave up for want of room: those of the rows {@code first} to {@code last},
 * counted by device. It cannot itself be shed (delivery contract, point 7).
 *
 * @throws IllegalArgumentException from the constructor when the range falls or a count is below 1
 */
public record ShedRange(long first, long last, Map<DeviceId, Long> eventsByDevice) {

  public ShedRange {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException(
          "shed sequences must count from 1 and rise: %d to %d".formatted(first, last));
    }
    eventsByDevice.forEach(
        (device, count) -> {
          if (count < 1) {
            throw new IllegalArgumentException("shed count of " + device + " is " + count);
          }
        });
    eventsByDevice = Map.copyOf(eventsByDevice);
  }

  public long events() {
    return eventsByDevice.values().stream().mapToLong(Long::longValue).sum();
  }
}
