package org.linli.edge.profile;

import org.linli.event.DeviceEvent;
import org.linli.event.UnregisteredEquipment.KindFrom;

/**
 * Unregistered equipment, and its last event.
 *
 * @param profile the profile that reads it
 * @param address the equipment's own name in that format
 * @param kindFrom where the event's kind comes from
 * @param last the last event of the message
 */
public record UnregisteredDevice(
    String profile, String address, KindFrom kindFrom, DeviceEvent last) {}
