package org.linli.sims.torture;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.program.Running;

/** The faults of processes. Most starts are not awaited, so that the next fault may hit one. */
final class ProcessFaults {

  private static final Duration DIES_WITHIN = Duration.ofSeconds(60);
  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int KILLS_OF_A_STORM = 3;
  private static final int MOST_TIMES = 12;

  private final Scene scene;
  private final Town town;

  ProcessFaults(Scene scene) {
    this.scene = scene;
    this.town = scene.town();
  }

  String kill(List<Running> programs, Random random)
      throws CannotRunException, InterruptedException {
    if (random.nextInt(4) > 0) {
      for (Running program : programs) {
        program.awaitUp();
      }
    }
    TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000));
    for (Running program : programs) {
      program.kill();
    }
    TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
    for (Running program : programs) {
      program.start("");
    }
    return "killed and started";
  }

  String dieAt(Fault fault, Random random) throws CannotRunException, InterruptedException {
    boolean ofAgent = fault.point().startsWith("agent.");
    Running program = ofAgent ? town.agent() : town.hub();
    Running other = ofAgent ? town.hub() : town.agent();
    int times = 1 + random.nextInt(MOST_TIMES);
    program.kill();
    program.start(TestBuild.dieAt(fault.point(), times));
    other.awaitUp();
    boolean died = program.awaitDeath(DIES_WITHIN);
    if (!died) {
      program.kill();
    }
    program.start("");
    return died
        ? "died when it came there for the %d. time".formatted(times)
        : "NOT REACHED within %d s".formatted(DIES_WITHIN.toSeconds());
  }

  String storm(Random random) throws CannotRunException, InterruptedException {
    Running program = any(random);
    for (int i = 0; i < KILLS_OF_A_STORM; i++) {
      program.kill();
      program.start("");
      scene.linger(random, 200, 4_500);
    }
    program.kill();
    program.start("");
    return "the " + program.name();
  }

  String stopInOrder(Random random) throws CannotRunException, InterruptedException {
    Running program = any(random);
    program.awaitUp();
    program.stopInOrder(GRACE);
    program.start("");
    return "the " + program.name();
  }

  String freeze(Running program, Random random) throws CannotRunException, InterruptedException {
    program.awaitUp();
    program.freeze();
    try {
      scene.linger(random, 2_000, 15_000);
    } finally {
      program.thaw();
    }
    return "";
  }

  String freezeBroker(Random random) throws CannotRunException, InterruptedException {
    town.freezeBroker();
    try {
      scene.linger(random, 2_000, 15_000);
    } finally {
      town.thawBroker();
    }
    return "";
  }

  String restartBroker(Random random) throws CannotRunException, InterruptedException {
    town.stopBroker();
    scene.linger(random, 0, 3_000);
    town.startBroker();
    return "";
  }

  String shiftClock(boolean ahead, Random random) throws CannotRunException, InterruptedException {
    Running program = any(random);
    program.awaitUp();
    town.build().shiftClock(program.name(), ahead ? HOUR : HOUR.negated());
    boolean restarts = random.nextInt(3) == 0;
    if (restarts) {
      program.kill();
      program.start("");
      program.awaitUp();
    }
    try {
      scene.linger(random, 3_000, 12_000);
    } finally {
      town.build().shiftClock(program.name(), Duration.ZERO);
    }
    return "the " + program.name() + (restarts ? ", killed meanwhile" : "");
  }

  private Running any(Random random) {
    return random.nextBoolean() ? town.agent() : town.hub();
  }
}
