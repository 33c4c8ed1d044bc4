package org.linli.hub.liveness;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceEvent;
import org.linli.hub.registry.DeviceKey;
import org.springframework.stereotype.Component;

/**
 * Knows the devices whose clocks were not believed when they last reported, and how wrong they
 * were: against the gateway's clock when it took the event. Kept in memory until the hub stops.
 */
@Component
class DeviceClocks {

  private final Map<DeviceKey, Duration> ahead = new ConcurrentHashMap<>();

  void heard(DeviceKey device, DeviceEvent event) {
    Instant said = event.deviceTime();
    if (said != null) {
      ahead.put(device, Duration.between(event.takenAt(), said));
    } else if (!ahead.isEmpty()) {
      ahead.remove(device);
    }
  }

  void forget(DeviceKey device) {
    ahead.remove(device);
  }

  /**
   * Returns how far the clock is ahead, negative if it is behind; null if its last time was
   * believed, or it gave none.
   */
  @Nullable Duration ahead(DeviceKey device) {
    return ahead.get(device);
  }
}
