package org.linli.sims.hostile;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.console.Console;
import org.linli.sims.reconcile.Discrepancy;
import org.linli.sims.reconcile.Reconciled;

/**
 * What became of every event of the legitimate device.
 *
 * @param givenUp how many of them the gateway declared as shed
 */
record Accounting(Reconciled reconciled, long givenUp) {

  private static final Duration SETTLED_WITHIN = Duration.ofSeconds(60);

  /** A busy gateway may give an event another time than its device did. */
  private static final Duration MARGIN = Duration.ofMinutes(10);

  /**
   * Reads every event of the device back from the hub.
   *
   * @throws CannotRunException when the hub does not answer, or the record cannot be read
   */
  static Accounting of(Arena arena, Path record, Console console)
      throws CannotRunException, InterruptedException {
    Reconciled reconciled =
        Reconciled.of(console, arena.hubApi(), List.of(record), Map.of(), MARGIN, SETTLED_WITHIN);
    long givenUp =
        arena
            .hubApi()
            .get("/api/v1/gateways/" + Arena.GATEWAY + "/ledger")
            .path("shedByDevice")
            .properties()
            .stream()
            .filter(device -> device.getKey().startsWith(LegitimateDevices.PREFIX))
            .mapToLong(device -> device.getValue().asLong())
            .sum();
    return new Accounting(reconciled, givenUp);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(row("offered", reconciled.offered(), reconciled.repeated() + " sent again"));
    lines.add(row("acknowledged", reconciled.acknowledged(), ""));
    lines.add(row("refused", reconciled.refused(), ""));
    lines.add(row("stored", reconciled.stored(), "at the hub"));
    lines.add(row("given up", givenUp, "declared by the gateway"));
    for (Discrepancy discrepancy : Discrepancy.values()) {
      if (discrepancy.isBroken()) {
        lines.add(row(discrepancy.title(), reconciled.count(discrepancy), discrepancy.meaning()));
        reconciled.examples(discrepancy).forEach(example -> lines.add("    " + example));
      }
    }
    return lines;
  }

  /** Empty when every event is there exactly once. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (Discrepancy discrepancy : Discrepancy.values()) {
      if (discrepancy.isBroken() && reconciled.count(discrepancy) > 0) {
        problems.add(
            "%d events of the legitimate device are %s."
                .formatted(reconciled.count(discrepancy), discrepancy.title()));
      }
    }
    if (givenUp > 0) {
      problems.add("%d events of the legitimate device were given up.".formatted(givenUp));
    }
    return problems;
  }

  private static String row(String title, long count, String meaning) {
    return "%-15s %9d  %s".formatted(title, count, meaning).stripTrailing();
  }
}
