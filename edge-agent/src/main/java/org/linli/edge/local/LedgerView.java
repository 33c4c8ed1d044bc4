package org.linli.edge.local;

import java.util.LinkedHashMap;
import java.util.Map;
import org.linli.edge.outbox.Ledger;
import org.linli.edge.outbox.Ledger.LaneFigures;
import org.linli.edge.outbox.Losses;
import org.linli.event.GatewayId;
import org.linli.event.Lane;

/**
 * The ledger as {@code GET /api/ledger} returns it; the names are fixed.
 *
 * @param shedByDevice how many events of each device were given up, for the {@value
 *     LocalApi#MOST_LOSSES} devices that lost most
 */
record LedgerView(
    String gateway,
    long offered,
    long taken,
    long refused,
    long repeated,
    long receipted,
    long queued,
    long shed,
    Map<String, LaneFigures> lanes,
    Map<String, Long> shedByDevice) {

  static LedgerView of(GatewayId gateway, Ledger ledger, Losses losses) {
    Map<String, LaneFigures> lanes = new LinkedHashMap<>();
    for (Lane lane : Lane.values()) {
      lanes.put(
          lane.wireName(), ledger.lanes().getOrDefault(lane, new LaneFigures(0, 0, 0, 0, 0, 0)));
    }
    Map<String, Long> shedByDevice = new LinkedHashMap<>();
    losses.most().forEach(loss -> shedByDevice.put(loss.device().value(), loss.events()));
    return new LedgerView(
        gateway.value(),
        ledger.offered(),
        ledger.taken(),
        ledger.refused(),
        ledger.repeated(),
        ledger.receipted(),
        ledger.queued(),
        ledger.shed(),
        lanes,
        shedByDevice);
  }
}
