package org.linli.edge.liveness;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.linli.edge.profile.Interpreted;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The last sign of life of each device: its last message that could be interpreted. Beyond the
 * limit of {@code linli.liveness.max-devices}, the device that has been silent longest is
 * forgotten. Thread-safe.
 */
@Component
public final class Liveness {

  private static final Logger log = LoggerFactory.getLogger(Liveness.class);

  /** A device and its last sign of life, by the gateway's clock. */
  public record LastSeen(DeviceId device, Kind kind, Instant at, String source) {}

  /** Limit of characters, because a client may choose any name. */
  private static final int LONGEST_SOURCE = 256;

  private final int maxDevices;

  /** Longest silent first. */
  private final LinkedHashMap<DeviceId, LastSeen> devices = new LinkedHashMap<>();

  public Liveness(LivenessSettings settings) {
    this.maxDevices = settings.mostDevices();
    if (settings.maxDevices() > Math.max(maxDevices, LivenessSettings.DEFAULT)) {
      log.atWarn()
          .addKeyValue("set", settings.maxDevices())
          .addKeyValue("kept", maxDevices)
          .log(
              "linli.liveness.max-devices is more than the heap has room for, and fewer are kept; a"
                  + " larger heap (LINLI_HEAP) keeps more");
    }
  }

  public void heard(Interpreted interpreted) {
    if (interpreted instanceof Interpreted.Understood(var message, var events, var _)) {
      String source = cut(message.source());
      synchronized (devices) {
        for (DeviceEvent event : events) {
          LastSeen seen = new LastSeen(event.device(), event.kind(), message.receivedAt(), source);
          devices.putLast(seen.device(), seen);
        }
        while (devices.size() > maxDevices) {
          devices.pollFirstEntry();
        }
      }
    }
  }

  private static String cut(String source) {
    return source.length() <= LONGEST_SOURCE ? source : source.substring(0, LONGEST_SOURCE);
  }

  /** The devices that sent last, newest first. */
  public List<LastSeen> devices(int limit) {
    synchronized (devices) {
      List<LastSeen> all = new ArrayList<>(devices.values());
      return List.copyOf(all.reversed().subList(0, Math.min(limit, all.size())));
    }
  }

  /** How many devices are known. */
  public int count() {
    synchronized (devices) {
      return devices.size();
    }
  }
}
