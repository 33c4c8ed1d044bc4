package org.linli.sims.torture;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.fault.BatchMischief.Deed;
import org.linli.sims.fault.Impairment;
import org.linli.sims.program.Running;

/** Injects each step of a plan, and records the result in the timeline. */
final class Injecting {

  private final Scene scene;
  private final ProcessFaults processes;
  private final DiskFaults disks;
  private final NetworkFaults network;
  private final Situations situations;

  Injecting(Scene scene) {
    this.scene = scene;
    this.processes = new ProcessFaults(scene);
    this.disks = new DiskFaults(scene);
    this.network = new NetworkFaults(scene);
    this.situations = new Situations(scene);
  }

  Situations situations() {
    return situations;
  }

  /**
   * Runs one step from beginning to end.
   *
   * @throws CannotRunException when a program does not come up again
   */
  void inject(Plan.Step step) throws CannotRunException, InterruptedException {
    TimeUnit.MILLISECONDS.sleep(step.pauseMillis());
    scene.timeline().say("%s: %s".formatted(step, step.fault().sentence()));
    double began = scene.timeline().seconds();
    String became = become(step.fault(), step.random());
    scene
        .timeline()
        .say(
            "%s over after %.1f s%s"
                .formatted(
                    step,
                    scene.timeline().seconds() - began,
                    became.isEmpty() ? "" : ": " + became));
  }

  private String become(Fault fault, Random random)
      throws CannotRunException, InterruptedException {
    Running agent = scene.town().agent();
    Running hub = scene.town().hub();
    return switch (fault) {
      case KILL_AGENT -> processes.kill(List.of(agent), random);
      case KILL_HUB -> processes.kill(List.of(hub), random);
      case KILL_BOTH -> processes.kill(List.of(agent, hub), random);
      case AGENT_BEFORE_FSYNC,
          AGENT_BETWEEN_FSYNC_AND_ACKNOWLEDGEMENT,
          AGENT_BETWEEN_RECEIPT_AND_DELETE,
          HUB_WITHIN_TRANSACTION,
          HUB_BETWEEN_COMMIT_AND_RECEIPT,
          HUB_BETWEEN_HISTORY_AND_JOURNAL ->
          processes.dieAt(fault, random);
      case RESTART_STORM -> processes.storm(random);
      case STOP_IN_ORDER -> processes.stopInOrder(random);
      case FREEZE_AGENT -> processes.freeze(agent, random);
      case FREEZE_HUB -> processes.freeze(hub, random);
      case FREEZE_BROKER -> processes.freezeBroker(random);
      case RESTART_BROKER -> processes.restartBroker(random);
      case CLOCK_AHEAD -> processes.shiftClock(true, random);
      case CLOCK_BEHIND -> processes.shiftClock(false, random);
      case POWER_CUT_AGENT -> disks.powerCut(agent, random);
      case POWER_CUT_HUB -> disks.powerCut(hub, random);
      case DISK_ERRORS_AGENT -> disks.errors(agent, random);
      case DISK_ERRORS_HUB -> disks.errors(hub, random);
      case DISK_FULL_AGENT -> disks.full(agent, random);
      case DISK_FULL_HUB -> disks.full(hub, random);
      case CUT -> network.cut(random);
      case HALF_OPEN -> network.halfOpen(random);
      case DELAY -> slow(Scene.within(random, 100, 1_000), Duration.ZERO, random);
      case JITTER -> slow(Scene.within(random, 0, 200), Scene.within(random, 100, 500), random);
      case RATE -> rate(2_000 + random.nextInt(18_000), random);
      case LOSS -> loss(0.1 + random.nextDouble() / 4, random);
      case DUPLICATE -> network.impairDatagrams(Impairment.duplicating(0.5), random);
      case REORDER -> network.impairDatagrams(Impairment.reordering(0.5), random);
      case CORRUPT -> network.corrupt(random);
      case RECEIPT_LOST -> network.mischief(Deed.LOSE_RECEIPT, random);
      case RECEIPT_CORRUPTED -> network.mischief(Deed.CORRUPT_RECEIPT, random);
      case BATCH_LOST -> network.mischief(Deed.LOSE_BATCH, random);
      case BATCH_REPEATED -> network.mischief(Deed.REPEAT, random);
      case BATCH_REPLAYED -> network.mischief(Deed.REPLAY, random);
      case BATCHES_REORDERED -> network.mischief(Deed.SWAP, random);
      case BATCH_FORGED -> network.mischief(Deed.FORGE, random);
      case BATCH_CORRUPTED -> network.mischief(Deed.CORRUPT, random);
      case EVERYBODY_RECONNECTS -> situations.everybodyReconnects();
      case HUB_AWAY_BEYOND_QUOTA -> situations.hubAwayBeyondQuota();
      case TWO_AGENTS -> situations.twoAgents(random);
      case RESTORED_COPY -> situations.restoredCopy();
    };
  }

  private String slow(Duration delay, Duration jitter, Random random) throws InterruptedException {
    return network.impair(
        Impairment.slow(delay, jitter),
        "%d ms to %d ms".formatted(delay.toMillis(), delay.plus(jitter).toMillis()),
        random);
  }

  private String rate(int bytesPerSecond, Random random) throws InterruptedException {
    return network.impair(
        Impairment.narrow(bytesPerSecond), "%.1f kB/s".formatted(bytesPerSecond / 1_000.0), random);
  }

  private String loss(double loss, Random random) throws InterruptedException {
    return network.impair(Impairment.lossy(loss), "%.0f %%".formatted(loss * 100), random);
  }
}
