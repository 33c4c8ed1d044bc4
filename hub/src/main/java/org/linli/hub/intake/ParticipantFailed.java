package org.linli.hub.intake;

import java.time.Instant;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;

/**
 * A participant failed with events at every try. The events are in the history. Published within a
 * transaction, once for each batch and participant.
 *
 * @param participant its {@link BatchParticipant#name}
 * @param events how many of this batch
 * @param device the device of the first of them
 * @param event the first of them
 * @param cause what the participant threw, in one line
 */
public record ParticipantFailed(
    String participant,
    GatewayId gateway,
    long events,
    DeviceId device,
    String event,
    String cause,
    Instant at) {}
