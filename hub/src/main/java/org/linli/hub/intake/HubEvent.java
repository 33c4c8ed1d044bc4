package org.linli.hub.intake;

import java.time.Instant;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.TakenEvent;

/**
 * An event as the hub applies it, once.
 *
 * @param id by which it can be followed everywhere, see {@link TakenEvent#traceId}
 * @param late whether something newer of this device was applied before; stored, but never
 *     overruling
 */
public record HubEvent(
    String id,
    GatewayId gateway,
    long epoch,
    Lane lane,
    TakenEvent taken,
    Instant receivedAt,
    boolean late) {}
