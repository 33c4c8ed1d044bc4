package org.linli.edge.local;

import java.util.LinkedHashMap;
import java.util.Map;
import org.linli.edge.intake.Refusals;
import org.linli.edge.outbox.Ledger;
import org.linli.edge.outbox.Ledger.LaneFigures;
import org.linli.edge.outbox.Losses;
import org.linli.edge.outbox.Repeats;
import org.linli.edge.profile.RepeatReason;
import org.linli.event.GatewayId;
import org.linli.event.Lane;

/**
 * The ledger as {@code GET /api/ledger} returns it; the names are fixed.
 *
 * @param shedByDevice how many events of each device were given up, for the {@value
 *     LocalApi#MOST_LOSSES} devices that lost most
 * @param repeatedByReason how often devices said something again since the start, by reason; what
 *     repeats a state is no event, so these are not the ledger's {@code repeated}
 * @param repeatedByDevice the same by device and reason, for the {@value LocalApi#MOST_LOSSES}
 *     devices that repeated most
 * @param refusals everything that the doors refused since the start, by door and kind; unlike
 *     {@code refused}, also what had no data to become a dead letter
 * @param refusedByDevice the refused messages since the start by what their addresses name (a
 *     device, an MQTT client, or a topic or path) and reason, for the {@value LocalApi#MOST_LOSSES}
 *     with most
 * @param defectsByProfile the messages since the start that were taken though they could not be
 *     read in full, by the profile that read them
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
    Map<String, Long> shedByDevice,
    Map<String, Long> repeatedByReason,
    Map<String, Map<String, Long>> repeatedByDevice,
    Map<String, Map<String, Long>> refusals,
    Map<String, Map<String, Long>> refusedByDevice,
    Map<String, Long> defectsByProfile) {

  static LedgerView of(
      GatewayId gateway,
      Ledger ledger,
      Losses losses,
      Repeats repeats,
      Refusals refusals,
      DefectCounts marked) {
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
        shedByDevice,
        byName(repeats.byReason()),
        byDevice(repeats),
        refusals.byDoor(),
        refusals.bySender(LocalApi.MOST_LOSSES),
        marked.byProfile());
  }

  private static Map<String, Map<String, Long>> byDevice(Repeats repeats) {
    Map<String, Map<String, Long>> byDevice = new LinkedHashMap<>();
    repeats
        .byDevice(LocalApi.MOST_LOSSES)
        .forEach(each -> byDevice.put(each.device().value(), byName(each.counts())));
    return byDevice;
  }

  private static Map<String, Long> byName(Map<RepeatReason, Long> counts) {
    Map<String, Long> byName = new LinkedHashMap<>();
    counts.forEach((reason, count) -> byName.put(reason.wireName(), count));
    return byName;
  }
}
