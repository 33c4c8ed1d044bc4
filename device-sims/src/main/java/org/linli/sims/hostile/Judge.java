package org.linli.sims.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares what was observed during an attack with what was observed without one, and with the
 * limits.
 */
final class Judge {

  private final Observed none;
  private final Limits limits;
  private final double quotaMb;

  /**
   * @param none what was observed without an attack
   * @param quotaMb of the gateway's outbox
   */
  Judge(Observed none, Limits limits, double quotaMb) {
    this.none = none;
    this.limits = limits;
    this.quotaMb = quotaMb;
  }

  /** The highest acceptable p99, in milliseconds. */
  double mostP99() {
    return Math.max(limits.p99FloorMillis(), limits.p99Times() * none.p99());
  }

  /** The p99 as a multiple of the one without an attack. */
  double times(Observed seen) {
    return none.p99() == 0 ? 0 : seen.p99() / none.p99();
  }

  /** Every limit that was broken, as a sentence; empty when all hold. */
  List<String> problems(Observed seen) {
    List<String> problems = new ArrayList<>();
    seen.found().forEach(found -> problems.add(sentence(found)));
    device(seen, problems);
    program(
        "gateway",
        none.gateway(),
        seen.gateway(),
        Arena.GATEWAY_HEAP_MB,
        limits.gatewayResidentMb(),
        limits.gatewayFiles(),
        problems);
    program(
        "hub",
        none.hub(),
        seen.hub(),
        Arena.HUB_HEAP_MB,
        limits.hubResidentMb(),
        limits.hubFiles(),
        problems);
    for (Map.Entry<String, Long> table : new TreeMap<>(seen.rows()).entrySet()) {
      long most = limits.rows().getOrDefault(table.getKey(), Long.MAX_VALUE);
      if (table.getValue() > most) {
        problems.add(
            "%s has %d rows, at most %d are allowed."
                .formatted(table.getKey(), table.getValue(), most));
      }
    }
    exceeds(problems, "the outbox holds %.1f MB", seen.outboxMb(), limits.quotaTimes() * quotaMb);
    return problems;
  }

  private void device(Observed seen, List<String> problems) {
    if (seen.acknowledged() == 0) {
      problems.add("The legitimate device had no acknowledgement at all.");
    } else {
      exceeds(problems, "the legitimate device's p99 is %.1f ms", seen.p99(), mostP99());
    }
    if (seen.unanswered() > 0) {
      problems.add(
          "The legitimate device has no answer to %d events after the attack."
              .formatted(seen.unanswered()));
    }
    if (seen.refused() > 0) {
      problems.add("%d events of the legitimate device were refused.".formatted(seen.refused()));
    }
  }

  private void program(
      String name,
      Held before,
      Held seen,
      double heapMb,
      double residentMb,
      int files,
      List<String> problems) {
    if (seen.deaths() > 0) {
      problems.add("The %s ended by itself, %d x.".formatted(name, seen.deaths()));
    }
    exceeds(
        problems,
        "the " + name + " holds %.1f MB of heap after a collection",
        seen.heapMb().orElse(0),
        limits.heapShare() * heapMb);
    exceeds(problems, "the " + name + " had %.0f MB resident", seen.mostResidentMb(), residentMb);
    exceeds(
        problems,
        "the " + name + " has %.0f files open after the attack",
        seen.files(),
        before.files() + files);
    exceeds(
        problems,
        "the " + name + " has %.0f threads after the attack",
        seen.threads(),
        before.threads() + limits.threads());
    exceeds(
        problems,
        "the " + name + " had %.0f threads",
        seen.mostThreads(),
        before.mostThreads() + limits.mostThreads());
    exceeds(
        problems,
        "the health of the " + name + " was not answered for %.1f s",
        seen.healthSilence(),
        limits.silenceSeconds());
    exceeds(
        problems,
        "the " + name + " did not go on for %.1f s",
        seen.silence(),
        limits.silenceSeconds());
    exceeds(
        problems,
        "the " + name + " said UP for %.1f s while it did not go on",
        seen.untrue(),
        limits.untrueSeconds());
    exceeds(problems, "the " + name + " wrote %.1f MB of log", seen.logMb(), limits.logMb());
  }

  private static void exceeds(List<String> problems, String what, double value, double most) {
    if (value > most) {
      String fact = String.format(Locale.ROOT, what, value);
      problems.add(
          sentence(String.format(Locale.ROOT, "%s, at most %.1f are allowed", fact, most)));
    }
  }

  private static String sentence(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
  }
}
