package org.linli.hub.registry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.event.Kind;

/**
 * A device that the community file names, or that was adopted.
 *
 * @param gateway by which it is expected to be heard
 * @param expectEvery how often it reports when it is well; null where nothing is expected of it
 * @param equipment its hardware; null where it is whatever calls itself by the device's id
 */
public record Device(
    DeviceId id,
    Kind kind,
    String building,
    GatewayId gateway,
    BilingualName name,
    @Nullable Duration expectEvery,
    @Nullable Equipment equipment) {

  /** A device of the community file, which says nothing of hardware. */
  public Device(
      DeviceId id,
      Kind kind,
      String building,
      GatewayId gateway,
      BilingualName name,
      @Nullable Duration expectEvery) {
    this(id, kind, building, gateway, name, expectEvery, null);
  }

  /** The same device with this hardware, which says by which gateway it is heard. */
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
