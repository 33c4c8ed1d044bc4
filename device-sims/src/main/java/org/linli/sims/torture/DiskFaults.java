package org.linli.sims.torture;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.disk.PowerCutDisk;
import org.linli.sims.disk.Survival;
import org.linli.sims.program.Running;

/** The faults of the disks below hub and agent. */
final class DiskFaults {

  private static final int MOST_ROOM = 300_000;
  private static final int FEW = 500;
  private static final Duration HISTORY_WITHIN = Duration.ofSeconds(20);

  private final Scene scene;

  DiskFaults(Scene scene) {
    this.scene = scene;
  }

  String powerCut(Running program, Random random) throws CannotRunException, InterruptedException {
    if (random.nextInt(4) > 0) {
      program.awaitUp();
    }
    if (program.equals(scene.town().hub()) && random.nextInt(4) > 0) {
      // Events that are only in the history can only be lost there.
      scene.town().awaitQueueBelow(FEW, HISTORY_WITHIN);
      scene.town().awaitHistory(HISTORY_WITHIN);
    }
    TimeUnit.MILLISECONDS.sleep(random.nextInt(1_500));
    PowerCutDisk disk = disk(program);
    Survival survival =
        List.of(Survival.NOTHING, Survival.TORN, Survival.TORN_AND_FLIPPED).get(random.nextInt(3));
    disk.cut(survival);
    program.kill();
    disk.restore();
    if (program.equals(scene.town().hub())) {
      scene.town().disks().hubBootsAnew();
    }
    program.start("");
    return survival.equals(Survival.NOTHING)
        ? ""
        : survival.flippedBits() ? "parts of it survived, with wrong bits" : "parts of it survived";
  }

  String errors(Running program, Random random) throws CannotRunException, InterruptedException {
    program.awaitUp();
    int oneIn = 5 + random.nextInt(95);
    PowerCutDisk disk = disk(program);
    long before = disk.errorsMade();
    disk.errors(oneIn);
    try {
      scene.linger(random, 2_000, 10_000);
    } finally {
      disk.errors(0);
    }
    return "%d errors, one in %d".formatted(disk.errorsMade() - before, oneIn);
  }

  String full(Running program, Random random) throws CannotRunException, InterruptedException {
    program.awaitUp();
    int room = random.nextInt(MOST_ROOM);
    disk(program).room(room);
    try {
      scene.linger(random, 3_000, 15_000);
    } finally {
      disk(program).room(Disks.PLENTY);
    }
    return "%d bytes were left".formatted(room);
  }

  private PowerCutDisk disk(Running program) {
    return scene.town().disks().of(program.name());
  }
}
