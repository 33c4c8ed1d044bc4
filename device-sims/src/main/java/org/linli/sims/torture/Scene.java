package org.linli.sims.torture;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * What every fault works with.
 *
 * @param folder for what a fault keeps
 * @param quota of the agent's outbox, in bytes
 * @param crowd how many devices reconnect at once
 * @param brisk whether faults last as short as they make sense
 */
record Scene(
    Town town,
    Devices devices,
    Timeline timeline,
    Path folder,
    long quota,
    int crowd,
    boolean brisk) {

  private static final int BRISK = 3;

  /** Waits for a time between two; a brisk run for a third of it. */
  void linger(Random random, int fromMillis, int toMillis) throws InterruptedException {
    int millis = fromMillis + random.nextInt(toMillis - fromMillis + 1);
    TimeUnit.MILLISECONDS.sleep(brisk ? millis / BRISK : millis);
  }

  /** Somewhere within a time. */
  static Duration within(Random random, int fromMillis, int toMillis) {
    return Duration.ofMillis(fromMillis + random.nextInt(toMillis - fromMillis + 1));
  }
}
