package org.linli.hub.console.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import org.linli.hub.registry.Equipment;

/**
 * The hardware of a device.
 *
 * @param gateway the gateway that hears it
 * @param profile the equipment profile that reads it
 * @param address the address that it uses in that format
 * @param generation which hardware of the device it is, counted from 1
 */
@Schema(name = "Equipment")
public record EquipmentShape(String gateway, String profile, String address, int generation) {

  static EquipmentShape of(Equipment equipment) {
    return new EquipmentShape(
        equipment.gateway().value(),
        equipment.profile(),
        equipment.address(),
        equipment.generation());
  }
}
