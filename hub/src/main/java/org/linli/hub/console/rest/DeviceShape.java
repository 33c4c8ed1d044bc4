package org.linli.hub.console.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.linli.hub.adoption.HeardEquipment;
import org.linli.hub.liveness.DeviceStatus;
import org.linli.hub.registry.Building;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.Registry;

/**
 * A device, as the API and the stream show it.
 *
 * @param community whose it is
 * @param name null for a device that is not registered, as building and grid
 * @param gateway the gateway by which it was last heard, or is expected
 * @param unassigned whether it is in no community file and was not adopted
 * @param status online, offline, or unknown if it was never heard
 * @param lastSeenAt when the hub last heard it; null for never
 * @param since when its status began; null if it was never heard
 * @param expectEverySeconds how often it reports when it is well; null if nothing is expected
 * @param clockAheadMillis how far its clock was ahead of its gateway's when it last reported,
 *     negative if it was behind; null if its time was believed, or it gave none
 * @param equipment its hardware; null if it is whatever uses the device's id
 * @param heard what its gateway reports about it while it is unassigned; null for nothing
 */
@Schema(name = "Device")
public record DeviceShape(
    String id,
    String community,
    String kind,
    @Nullable NameShape name,
    @Nullable String building,
    @Nullable String grid,
    String gateway,
    boolean unassigned,
    String status,
    @Nullable Instant lastSeenAt,
    @Nullable Instant since,
    @Nullable Long expectEverySeconds,
    @Nullable Long clockAheadMillis,
    @Nullable EquipmentShape equipment,
    @Nullable HeardShape heard) {

  static DeviceShape of(DeviceStatus status, Registry registry, @Nullable HeardEquipment heard) {
    Device known = registry.findDevice(status.key()).orElse(null);
    return new DeviceShape(
        status.device().value(),
        status.community().value(),
        status.kind().wireName(),
        known == null ? null : NameShape.of(known.name()),
        known == null ? null : known.building(),
        known == null
            ? null
            : registry
                .find(status.community())
                .flatMap(community -> community.findBuilding(known.building()))
                .map(Building::grid)
                .orElse(null),
        status.gateway().value(),
        status.unassigned(),
        status.presence().wireName(),
        status.lastSeenAt(),
        status.since(),
        known == null || known.expectEvery() == null ? null : known.expectEvery().toSeconds(),
        status.clockAhead() == null ? null : status.clockAhead().toMillis(),
        known == null || known.equipment() == null ? null : EquipmentShape.of(known.equipment()),
        heard == null ? null : HeardShape.of(heard));
  }
}
