package org.linli.sims.torture;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The things that every fault works with.
 *
 * @param folder for what a fault keeps
 * @param quota of the agent's outbox, in bytes
 * @param crowd how many devices reconnect at once
 * @param brisk whether faults are as short as makes sense
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

  /** Waits for a random time between two limits; a brisk run waits a third of it. */
  void linger(Random random, int fromMillis, int toMillis) throws InterruptedException {
    int millis = fromMillis + random.nextInt(toMillis - fromMillis + 1);
    TimeUnit.MILLISECONDS.sleep(brisk ? millis / BRISK : millis);
  }

  /** A random time between two limits. */
  static Duration within(Random random, int fromMillis, int toMillis) {
    return Duration.ofMillis(fromMillis + random.nextInt(toMillis - fromMillis + 1));
  }
}
