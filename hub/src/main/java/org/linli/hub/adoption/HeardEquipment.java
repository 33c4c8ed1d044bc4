package org.linli.hub.adoption;

import org.linli.event.CommunityId;
import org.linli.event.GatewayId;
import org.linli.event.UnregisteredEquipment;
import org.linli.hub.registry.DeviceKey;

/** A piece of unregistered equipment, and the gateway of a community that hears it. */
public record HeardEquipment(
    CommunityId community, GatewayId gateway, UnregisteredEquipment equipment) {

  /** Returns what its device is called in the hub. */
  public DeviceKey device() {
    return new DeviceKey(community, equipment.device());
  }
}
