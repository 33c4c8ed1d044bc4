package org.linli.hub.intake;

import java.util.List;

/**
 * Something that changes the hub's records because of events: alerts, device status. Called within
 * the transaction that moves the watermark, with events in their order; what it throws rolls all of
 * it back.
 */
public interface BatchParticipant {

  void apply(List<HubEvent> events);
}
