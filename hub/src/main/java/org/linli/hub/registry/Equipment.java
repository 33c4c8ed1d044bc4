package org.linli.hub.registry;

import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;

/**
 * The hardware that a device has, by what it calls itself.
 *
 * @param gateway by which it is heard
 * @param profile the equipment profile that reads it there
 * @param address what it calls itself in that format
 * @param generation which hardware of its device it is: 1, and one more with each replacement
 * @param formerly the unassigned device that it was before; null where it had no other name. What
 *     its gateway took before it heard of the change still comes under this name
 */
public record Equipment(
    GatewayId gateway,
    String profile,
    String address,
    int generation,
    @Nullable DeviceId formerly) {

  /** Whether this hardware took the place of another. */
  public boolean isReplacement() {
    return generation > 1;
  }

  /** Whether this is what calls itself so at that gateway. */
  public boolean is(GatewayId there, String itsProfile, String itsAddress) {
    return gateway.equals(there) && profile.equals(itsProfile) && address.equals(itsAddress);
  }
}
