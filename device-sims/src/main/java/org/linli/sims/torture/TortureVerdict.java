package org.linli.sims.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.linli.sims.ledger.Figures;
import org.linli.sims.ledger.Sentence;
import org.linli.sims.reconcile.Discrepancy;
import org.linli.sims.reconcile.Reconciled;

/**
 * The final report. It is based on the simulators' own record: an event that a device saw
 * acknowledged is at the hub once, or the gateway declared, by device, that it shed it.
 *
 * @param figures of both ledgers, when everything had settled
 * @param givenUp how many events of each device the gateway declared to the hub as shed
 * @param takenElsewhere events taken by agents whose ledgers are gone
 * @param givenUpElsewhere how many of these they had shed
 * @param waitingInRestored the most events that waited in restored copies of an agent's folder: the
 *     hub already has them, and they may be shed all the same
 * @param ownDeaths how often a program ended although nobody had ended it
 * @param forged batches that claimed an applied sequence for another history
 * @param historyAlerts the hub's alerts that histories do not match
 * @param wrongAlerts alerts without an explanation: that counts do not match, or histories although
 *     none was forged
 * @param more further conditions of this run
 * @param exact whether the shed events can be counted exactly: not when a broker may hold batches
 */
record TortureVerdict(
    Reconciled reconciled,
    Figures figures,
    Map<String, Long> givenUp,
    long takenElsewhere,
    long givenUpElsewhere,
    long waitingInRestored,
    int ownDeaths,
    int forged,
    int historyAlerts,
    List<String> wrongAlerts,
    boolean exact,
    List<Sentence> more) {

  private static final int EXAMPLES = 5;

  TortureVerdict {
    givenUp = Map.copyOf(givenUp);
    wrongAlerts = List.copyOf(wrongAlerts);
    more = List.copyOf(more);
  }

  boolean holds() {
    for (Discrepancy discrepancy : Discrepancy.values()) {
      if (discrepancy.isBroken() && count(discrepancy) > 0) {
        return false;
      }
    }
    return sentences().stream().allMatch(Sentence::holds);
  }

  /** The number of discrepancies; missing events that were declared as shed are not lost. */
  long count(Discrepancy discrepancy) {
    return discrepancy == Discrepancy.LOST ? sum(this::lost) : reconciled.count(discrepancy);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        row(
            "offered",
            reconciled.offered(),
            "by %d devices, %d sent again".formatted(reconciled.devices(), reconciled.repeated())));
    lines.add(row("acknowledged", reconciled.acknowledged(), ""));
    lines.add(row("refused", reconciled.refused(), ""));
    lines.add(row("unknown", reconciled.unknown(), "no answer was seen"));
    lines.add(row("stored", reconciled.stored(), "at the hub"));
    lines.add(row("given up", sum(this::declared), "declared by the gateway, by device"));
    for (Discrepancy discrepancy : Discrepancy.values()) {
      lines.add(row(discrepancy.title(), count(discrepancy), discrepancy.meaning()));
      if (discrepancy != Discrepancy.BY_GATEWAY) {
        examples(discrepancy).forEach(example -> lines.add("    " + example));
      }
    }
    sentences().forEach(sentence -> lines.add(sentence.line()));
    wrongAlerts.forEach(alert -> lines.add("    " + alert));
    lines.add(holds() ? "Everything holds." : "A promise is broken.");
    return lines;
  }

  private List<Sentence> sentences() {
    return Stream.concat(always().stream(), more.stream()).toList();
  }

  private List<Sentence> always() {
    long missing = sum(device -> reconciled.missing().getOrDefault(device, 0L));
    long applied = figures.hub("applied");
    long taken = figures.gateway("taken") + takenElsewhere;
    long shed = figures.gateway("shed") + givenUpElsewhere;
    return List.of(
        sum(
            "gateway: offered = taken + refused + repeated",
            "offered",
            "taken",
            "refused",
            "repeated"),
        sum("gateway: taken = receipted + queued + shed", "taken", "receipted", "queued", "shed"),
        new Sentence(
            "gateway: nothing is left in a queue",
            "%d queued".formatted(figures.gateway("queued")),
            figures.gateway("queued") == 0),
        new Sentence(
            "hub: received = applied + duplicate + dead",
            "%d = %d + %d + %d"
                .formatted(
                    figures.hub("received"),
                    applied,
                    figures.hub("duplicate"),
                    figures.hub("dead")),
            figures.hub("received") == applied + figures.hub("duplicate") + figures.hub("dead")),
        new Sentence(
            "hub shows what it says that it applied",
            "%d applied, %d of devices and %d of the gateway shown"
                .formatted(applied, reconciled.stored(), reconciled.count(Discrepancy.BY_GATEWAY)),
            applied == reconciled.stored() + reconciled.count(Discrepancy.BY_GATEWAY)),
        new Sentence(
            "hub applied what was taken and not given up",
            "%d applied, %d taken, %d of them elsewhere, %d given up%s"
                .formatted(applied, taken, takenElsewhere, shed, restored()),
            explains(applied - (taken - shed))),
        new Sentence(
            "what is missing was declared as given up, and no more",
            "%d missing, %d declared%s".formatted(missing, sum(this::declared), restored()),
            explains(sum(this::declared) - missing)),
        new Sentence("no program ended by itself", "%d did".formatted(ownDeaths), ownDeaths == 0),
        new Sentence(
            "hub told of every history that was forged",
            "%d batches forged, %d alerts".formatted(forged, historyAlerts),
            forged == 0 || historyAlerts > 0),
        new Sentence(
            "hub found no counts or histories that differ",
            "%d alerts".formatted(wrongAlerts.size()),
            wrongAlerts.isEmpty()));
  }

  /** Whether that many events may be at the hub although they were declared as shed. */
  private boolean explains(long declaredAndThere) {
    return declaredAndThere >= 0 && (!exact || declaredAndThere <= waitingInRestored);
  }

  private String restored() {
    return waitingInRestored == 0
        ? ""
        : ", up to %d of them there from before a copy was restored".formatted(waitingInRestored);
  }

  private Sentence sum(String text, String sum, String first, String second, String third) {
    return new Sentence(
        text,
        "%d = %d + %d + %d"
            .formatted(
                figures.gateway(sum),
                figures.gateway(first),
                figures.gateway(second),
                figures.gateway(third)),
        figures.gateway(sum)
            == figures.gateway(first) + figures.gateway(second) + figures.gateway(third));
  }

  private List<String> examples(Discrepancy discrepancy) {
    if (discrepancy != Discrepancy.LOST) {
      return reconciled.examples(discrepancy);
    }
    List<String> examples =
        new ArrayList<>(
            reconciled.missing().keySet().stream()
                .filter(device -> lost(device) > 0)
                .sorted()
                .limit(EXAMPLES)
                .map(
                    device ->
                        "%s: %d missing, %d declared as given up"
                            .formatted(
                                device,
                                reconciled.missing().getOrDefault(device, 0L),
                                declared(device)))
                .toList());
    if (!examples.isEmpty()) {
      examples.addAll(reconciled.examples(discrepancy));
    }
    return examples;
  }

  private long lost(String device) {
    return Math.max(0, reconciled.missing().getOrDefault(device, 0L) - declared(device));
  }

  private long declared(String device) {
    return givenUp.getOrDefault(device, 0L);
  }

  @FunctionalInterface
  private interface OfDevice {
    long count(String device);
  }

  private long sum(OfDevice figure) {
    Set<String> devices = new TreeSet<>(givenUp.keySet());
    devices.addAll(reconciled.missing().keySet());
    return devices.stream().mapToLong(figure::count).sum();
  }

  private static String row(String title, long count, String meaning) {
    return String.format(Locale.ROOT, "%-15s %9d  %s", title, count, meaning).stripTrailing();
  }
}
