package org.linli.sims.hostile;

import java.util.Locale;

/** The table that a run prints, one line for each attack. */
final class Report {

  private static final String SHAPE =
      "%-4s %-24s %9s %8s  %7s %9s %5s  %8s %7s %6s %4s  %8s %7s %6s %4s  %7s %7s";

  private Report() {}

  static String heading() {
    return """
    did      what the attack did: connections, packets or requests; away: those turned away
    p50, p99 of the legitimate device's acknowledgements; x: that p99 by the one of "none", without an attack
    gateway  MB of heap after a collection, most resident MB, most open files, most threads; then the same of the hub
    outbox   MB of the gateway's outbox, and rows of devices in it
    """
        + SHAPE.formatted(
            "", "attack", "did", "away", "p50 ms", "p99 ms", "x", "gateway", "MB", "files", "thr",
            "hub", "MB", "files", "thr", "outbox", "devices");
  }

  static String line(Observed seen, Judge judge, boolean holds) {
    return SHAPE.formatted(
        holds ? "ok" : "NO",
        seen.attack(),
        seen.did(),
        seen.turnedAway(),
        number(seen.p50()),
        number(seen.p99()),
        number(judge.times(seen)),
        heap(seen.gateway()),
        whole(seen.gateway().mostResidentMb()),
        seen.gateway().mostFiles(),
        seen.gateway().mostThreads(),
        heap(seen.hub()),
        whole(seen.hub().mostResidentMb()),
        seen.hub().mostFiles(),
        seen.hub().mostThreads(),
        number(seen.outboxMb()),
        seen.rows().getOrDefault("gateway.device", 0L));
  }

  private static String heap(Held held) {
    return held.heapMb().isPresent() ? number(held.heapMb().getAsDouble()) : "-";
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }

  private static String whole(double number) {
    return String.format(Locale.ROOT, "%.0f", number);
  }
}
