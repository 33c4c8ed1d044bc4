package org.linli.sims.reconcile;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.linli.sims.api.JsonApi;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.console.Console;
import org.linli.sims.journal.Outcome;
import org.linli.sims.journal.RecordedRun;

/**
 * Records compared with what the hub has.
 *
 * @param stored rows at the hub that devices sent
 * @param missing how many acknowledged events of a device are not at the hub, whatever the reason
 */
public record Reconciled(
    int devices,
    long offered,
    long acknowledged,
    long refused,
    long unknown,
    long repeated,
    long stored,
    Map<Discrepancy, Long> counts,
    Map<Discrepancy, List<String>> examples,
    Map<String, Long> missing) {

  public Reconciled {
    counts = Map.copyOf(counts);
    examples = Map.copyOf(examples);
    missing = Map.copyOf(missing);
  }

  /**
   * Reads the hub's events of all recorded devices repeatedly until nothing is missing.
   *
   * @param records as {@code load --record} writes them
   * @param givenUp how many events of a device were declared as shed and need not arrive
   * @param margin how much earlier or later than it was sent the hub may show an event
   * @param settle how long that may take
   * @throws CannotRunException when a record cannot be read, or the hub does not answer
   */
  public static Reconciled of(
      Console console,
      JsonApi hub,
      List<Path> records,
      Map<String, Long> givenUp,
      Duration margin,
      Duration settle)
      throws CannotRunException, InterruptedException {
    List<RecordedRun> runs = new ArrayList<>();
    for (Path file : records) {
      runs.add(RecordedRun.read(file));
    }
    Recorded recorded = new Recorded(runs, margin);
    Reconciling reconciling = new Reconciling(console, null, hub, settle, givenUp);
    Discrepancies discrepancies = reconciling.run(recorded);
    Map<Discrepancy, Long> counts = new EnumMap<>(Discrepancy.class);
    Map<Discrepancy, List<String>> examples = new EnumMap<>(Discrepancy.class);
    for (Discrepancy discrepancy : Discrepancy.values()) {
      counts.put(discrepancy, discrepancies.count(discrepancy));
      examples.put(discrepancy, discrepancies.examples(discrepancy));
    }
    return new Reconciled(
        recorded.devices().size(),
        recorded.offered(),
        recorded.count(Outcome.ACKNOWLEDGED),
        recorded.count(Outcome.REFUSED),
        recorded.count(Outcome.UNKNOWN),
        recorded.repeated(),
        discrepancies.stored(),
        counts,
        examples,
        reconciling.missingByDevice());
  }

  public long count(Discrepancy discrepancy) {
    return counts.getOrDefault(discrepancy, 0L);
  }

  public List<String> examples(Discrepancy discrepancy) {
    return examples.getOrDefault(discrepancy, List.of());
  }
}
