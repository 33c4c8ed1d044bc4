package org.linli.sims.hostile;

import java.util.List;
import java.util.Map;

/**
 * One attack, and what it did to the programs and to the device that means well.
 *
 * @param attack its name, or what there was instead of one
 * @param did what it did, as often as it counts
 * @param turnedAway strangers whose connection was refused or ended
 * @param found what a program answered and must not, as sentences without a full stop
 * @param p50 in milliseconds, from when the device's event was meant to leave to its
 *     acknowledgement
 * @param p99 as {@code p50}
 * @param acknowledged events of the device
 * @param refused events of the device
 * @param unanswered events of the device that were sent while the attack went on, and still had no
 *     answer when it had been waited for
 * @param rows of the databases, by program and table
 * @param outboxMb what the gateway's outbox holds on disk
 */
record Observed(
    String attack,
    long did,
    long turnedAway,
    List<String> found,
    double p50,
    double p99,
    long acknowledged,
    long refused,
    long unanswered,
    Held gateway,
    Held hub,
    Map<String, Long> rows,
    double outboxMb) {

  Observed {
    found = List.copyOf(found);
    rows = Map.copyOf(rows);
  }
}
