package org.linli.hub.liveness;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.springframework.stereotype.Component;

/**
 * Knows the devices whose clocks were not believed when they last reported, and how wrong they
 * were: against the gateway's clock when it took the event. Kept in memory until the hub stops.
 */
@Component
class DeviceClocks {

  private final Map<DeviceId, Duration> ahead = new ConcurrentHashMap<>();

  void heard(DeviceEvent event) {
    Instant said = event.deviceTime();
    if (said != null) {
      ahead.put(event.device(), Duration.between(event.takenAt(), said));
    } else if (!ahead.isEmpty()) {
      ahead.remove(event.device());
    }
  }

  void forget(DeviceId device) {
    ahead.remove(device);
  }

  /**
   * Returns how far the clock is ahead, negative if it is behind; null if its last time was
   * believed, or it gave none.
   */
  @Nullable Duration ahead(DeviceId device) {
    return ahead.get(device);
  }
}
