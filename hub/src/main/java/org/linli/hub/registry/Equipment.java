package org.linli.hub.registry;

import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;

/**
 * The hardware of a device, identified by the address that it uses.
 *
 * @param gateway the gateway that hears it
 * @param profile the equipment profile that reads it there
 * @param address the address that it uses in that format
 * @param generation which hardware of its device it is: 1, and one more with each replacement
 * @param formerly the unassigned device that it was before; null if it had no other name. What its
 *     gateway took before it learned of the change still comes under this name
 */
public record Equipment(
    GatewayId gateway,
    String profile,
    String address,
    int generation,
    @Nullable DeviceId formerly) {

  /** Returns whether this hardware replaced another. */
  public boolean isReplacement() {
    return generation > 1;
  }

  /** Returns whether this is the hardware with that profile and address at that gateway. */
  public boolean is(GatewayId there, String itsProfile, String itsAddress) {
    return gateway.equals(there) && profile.equals(itsProfile) && address.equals(itsAddress);
  }
}
