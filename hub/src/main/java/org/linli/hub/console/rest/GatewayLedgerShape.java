package org.linli.hub.console.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.hub.gateway.GatewayDeadLetters;
import org.linli.hub.intake.HubLedger.GatewayFigures;

/**
 * One gateway's share of the hub's ledger.
 *
 * @param shed events that the gateway gave up for want of room or for their age, as far as it told
 * @param shedByDevice how many of each device, of those 100 that lost most
 * @param deadLetters the messages that the gateway could not read, which are none of these events;
 *     null where it has not said since the hub started
 * @param epoch the newest life of its outbox
 * @param urgent sequence up to which its urgent lane is applied in that epoch
 * @param bulk the same for its bulk lane
 */
@Schema(name = "GatewayLedger")
record GatewayLedgerShape(
    String gateway,
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
      GatewayFigures figures,
      Map<String, Long> shedByDevice,
      @Nullable GatewayDeadLetters deadLetters) {
    return new GatewayLedgerShape(
        gateway,
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
