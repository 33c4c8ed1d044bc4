package org.linli.hub.liveness;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.hub.change.ChangeKind;
import org.linli.hub.registry.DeviceKey;

/**
 * The status of a device.
 *
 * @param community the community whose device it is
 * @param kind as it reports itself, or as the community file says if it was never heard
 * @param gateway the gateway by which it was last heard, or is expected
 * @param unassigned whether it is in no community file: it is heard all the same, and can be
 *     adopted
 * @param lastSeenAt when the hub last heard it; null for never
 * @param since when this status began; null if it was never heard
 * @param clockAhead how far its clock was ahead of its gateway's when it last reported, negative if
 *     it was behind; null if its time was believed, or it gave none
 */
public record DeviceStatus(
    CommunityId community,
    DeviceId device,
    Kind kind,
    GatewayId gateway,
    boolean unassigned,
    DevicePresence presence,
    @Nullable Instant lastSeenAt,
    @Nullable Instant since,
    @Nullable Duration clockAhead) {

  /** Recorded each time that a device comes online or goes offline, or is registered or changed. */
  public static final ChangeKind CHANGES = ChangeKind.byTheHundred("device");

  public DeviceKey key() {
    return new DeviceKey(community, device);
  }
}
