package org.linli.edge.profile;

import org.linli.event.DeviceEvent;
import org.linli.event.UnregisteredEquipment.KindFrom;

/**
 * A piece of equipment that is no device of the registry, and what it said.
 *
 * @param profile that reads it
 * @param address what it calls itself in that format
 * @param kindFrom why it seems to be of the event's kind
 * @param last the last event of the message
 */
public record Stranger(String profile, String address, KindFrom kindFrom, DeviceEvent last) {}
