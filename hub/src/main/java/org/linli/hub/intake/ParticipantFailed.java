package org.linli.hub.intake;

import java.time.Instant;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;

/**
 * A part of the hub could not do its share with events, however often it was tried; they are in the
 * history. Published within a transaction, once for each batch and participant.
 *
 * @param participant its {@link BatchParticipant#name}
 * @param events how many of this batch
 * @param device of the first of them
 * @param event the first of them
 * @param cause what the participant threw, in a line
 */
public record ParticipantFailed(
    String participant,
    GatewayId gateway,
    long events,
    DeviceId device,
    String event,
    String cause,
    Instant at) {}
