package org.linli.sims.torture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The order of faults, from a seed: the same seed, counts and set of faults give the same plan. The
 * programs' reaction depends on the machine's own timing and is not repeatable.
 */
record Plan(long seed, List<Step> steps) {

  private static final int MOST_PAUSE_MILLIS = 1_500;
  private static final List<Fault> KILLS =
      List.of(Fault.KILL_AGENT, Fault.KILL_AGENT, Fault.KILL_HUB, Fault.KILL_BOTH);

  /**
   * One fault.
   *
   * @param number from 1
   * @param pauseMillis the pause since the previous fault ended
   * @param seed of the decisions within it, such as the instant of a kill
   */
  record Step(int number, Fault fault, int pauseMillis, long seed) {

    Random random() {
      return new Random(seed);
    }

    @Override
    public String toString() {
      return "#%d %s".formatted(number, fault);
    }
  }

  Plan {
    steps = List.copyOf(steps);
  }

  /**
   * Each of the faults {@code each} times, and random kills until there are as many as requested.
   *
   * @param kills at least
   */
  static Plan of(long seed, Set<Fault> possible, int each, int kills) {
    Random random = new Random(seed);
    List<Fault> faults = new ArrayList<>();
    // In the order of the enum, whichever set it is.
    for (Fault fault : EnumSet.copyOf(possible)) {
      faults.addAll(Collections.nCopies(each, fault));
    }
    while (kills(faults) < kills) {
      faults.add(KILLS.get(random.nextInt(KILLS.size())));
    }
    Collections.shuffle(faults, random);
    List<Step> steps =
        IntStream.range(0, faults.size())
            .mapToObj(
                i ->
                    new Step(
                        i + 1, faults.get(i), random.nextInt(MOST_PAUSE_MILLIS), random.nextLong()))
            .toList();
    return new Plan(seed, steps);
  }

  int kills() {
    return kills(steps.stream().map(Step::fault).toList());
  }

  private static int kills(List<Fault> faults) {
    return faults.stream().mapToInt(Fault::kills).sum();
  }
}
