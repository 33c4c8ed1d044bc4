package org.linli.hub.console.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.hub.gateway.GatewayDeadLetters;
import org.linli.hub.intake.HubLedger.GatewayFigures;

/**
 * One gateway's share of the hub's ledger.
 *
 * @param community whose gateway it is
 * @param shed events that the gateway gave up for lack of room or because of their age, as far as
 *     it reported them
 * @param shedByDevice how many for each device, for the 100 devices that lost most
 * @param deadLetters the messages that the gateway could not read, which are none of these events;
 *     null if it has not reported them since the hub started
 * @param epoch the newest epoch of its outbox
 * @param urgent sequence up to which its urgent lane is applied in that epoch
 * @param bulk sequence up to which its bulk lane is applied in that epoch
 */
@Schema(name = "GatewayLedger")
record GatewayLedgerShape(
    String gateway,
    String community,
    long received,
    long applied,
    long duplicate,
    long dead,
    long shed,
    Map<String, Long> shedByDevice,
    @Nullable GatewayDeadLettersShape deadLetters,
    long epoch,
    long urgent,
    long bulk) {

  static GatewayLedgerShape of(
      String gateway,
      CommunityId community,
      GatewayFigures figures,
      Map<String, Long> shedByDevice,
      @Nullable GatewayDeadLetters deadLetters) {
    return new GatewayLedgerShape(
        gateway,
        community.value(),
        figures.received(),
        figures.applied(),
        figures.duplicate(),
        figures.dead(),
        figures.shed(),
        shedByDevice,
        GatewayDeadLettersShape.of(deadLetters),
        figures.epoch(),
        figures.urgent(),
        figures.bulk());
  }
}
