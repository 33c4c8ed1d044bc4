package org.linli.hub.registry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.event.Kind;

/**
 * A device that the community file names, or that was adopted.
 *
 * @param gateway the gateway that is expected to hear it
 * @param expectEvery how often it reports when it is well; null if nothing is expected of it
 * @param equipment its hardware; null if it is whatever uses the device's id
 */
public record Device(
    DeviceId id,
    Kind kind,
    String building,
    GatewayId gateway,
    BilingualName name,
    @Nullable Duration expectEvery,
    @Nullable Equipment equipment) {

  /** Creates a device of the community file, which says nothing about hardware. */
  public Device(
      DeviceId id,
      Kind kind,
      String building,
      GatewayId gateway,
      BilingualName name,
      @Nullable Duration expectEvery) {
    this(id, kind, building, gateway, name, expectEvery, null);
  }

  /** Returns the same device with this hardware, which determines the gateway that hears it. */
  public Device with(@Nullable Equipment hardware) {
    return new Device(
        id,
        kind,
        building,
        hardware == null ? gateway : hardware.gateway(),
        name,
        expectEvery,
        hardware);
  }
}
