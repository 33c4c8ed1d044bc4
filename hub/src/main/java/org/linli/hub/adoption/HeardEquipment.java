package org.linli.hub.adoption;

import org.linli.event.GatewayId;
import org.linli.event.UnregisteredEquipment;

/** A piece of unregistered equipment, and the gateway that hears it. */
public record HeardEquipment(GatewayId gateway, UnregisteredEquipment equipment) {}
