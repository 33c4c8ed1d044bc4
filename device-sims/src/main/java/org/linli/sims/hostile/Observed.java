package org.linli.sims.hostile;

import java.util.List;
import java.util.Map;

/**
 * One attack, and its effect on the programs and on the legitimate device.
 *
 * @param attack its name, or a name for the time without one
 * @param did how often it did what it does
 * @param turnedAway unknown clients whose connection was refused or ended
 * @param found wrong answers of a program, as sentences without a full stop
 * @param p50 in milliseconds, from when the device's event was meant to leave to its
 *     acknowledgement
 * @param p99 as {@code p50}
 * @param acknowledged events of the device
 * @param refused events of the device
 * @param unanswered events that the device sent during the attack and that still had no answer at
 *     the end of the wait
 * @param rows of the databases, by program and table
 * @param outboxMb the size of the gateway's outbox on disk
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
