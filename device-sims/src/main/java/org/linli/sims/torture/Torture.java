package org.linli.sims.torture;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.console.Console;
import org.linli.sims.console.ExitCode;
import org.linli.sims.fault.BatchMischief.Deed;
import org.linli.sims.ledger.Figures;
import org.linli.sims.reconcile.Discrepancy;
import org.linli.sims.reconcile.Reconciled;
import tools.jackson.databind.JsonNode;

/** One run, from the first start to the verdict. */
final class Torture {

  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(120);
  private static final Duration DRAINED_WITHIN = Duration.ofSeconds(180);
  private static final Duration SETTLED_WITHIN = Duration.ofSeconds(60);

  /** A program broken on purpose gets less time. */
  private static final Duration PATIENCE_WITH_SABOTAGE = Duration.ofSeconds(20);

  /** When a clock jumps an hour, a gateway gives an event another time than its device did. */
  private static final Duration MARGIN = Duration.ofHours(2);

  private static final String HUB_JAVA = " -XX:+UseSerialGC -Xmx512m";

  private final TortureOptions options;
  private final long seed;
  private final Set<Fault> faults;
  private final Path folder;
  private final Path launch;
  private final TestBuild build;
  private final Console console;
  private final Timeline timeline;
  private final InstantSource clock;
  private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);

  Torture(
      TortureOptions options,
      long seed,
      Set<Fault> faults,
      Path folder,
      Path launch,
      TestBuild build,
      Console console,
      Timeline timeline,
      InstantSource clock) {
    this.options = options;
    this.seed = seed;
    this.faults = faults;
    this.folder = folder;
    this.launch = launch;
    this.build = build;
    this.console = console;
    this.timeline = timeline;
    this.clock = clock;
  }

  int run() throws CannotRunException, InterruptedException {
    Town.Manner manner =
        new Town.Manner(
            options.attached(),
            seed,
            agentSettings(),
            options.hubSettings(),
            options.javaOptions(),
            options.javaOptions() + HUB_JAVA);
    try (Disks disks = Disks.in(folder, options.disks(), seed);
        Town town = Town.in(folder, launch, build, disks, manner);
        Devices devices = new Devices(town, folder, clock)) {
      for (String program : List.of("hub", "agent")) {
        build.shiftClock(program, Duration.ZERO);
      }
      timeline.say("seed %d, %s".formatted(seed, options.attached() ? "attached" : "own doors"));
      town.start();
      timeline.say("hub and agent are up");
      Thread progress = Thread.ofVirtual().start(() -> tell(town, devices));
      try {
        devices.start(options.rate(), options.alertEvery());
        Injecting injecting =
            new Injecting(
                new Scene(
                    town,
                    devices,
                    timeline,
                    folder,
                    options.quota(),
                    options.crowd(),
                    options.brisk()));
        injecting.situations().copyAgent();
        boolean flat = options.soaks() ? soak(town, injecting) : inject(injecting);
        settle(town, devices);
        boolean holds = judge(town, devices, injecting.situations());
        return flat && holds ? ExitCode.HOLDS : ExitCode.DOES_NOT_HOLD;
      } finally {
        progress.interrupt();
      }
    }
  }

  private boolean soak(Town town, Injecting injecting)
      throws CannotRunException, InterruptedException {
    Soak soak = Soak.of(town, options.length());
    try (soak) {
      inject(injecting);
    }
    soak.lines().forEach(timeline::say);
    return soak.isFlat();
  }

  /** Always true: the verdict says what came of it. */
  private boolean inject(Injecting injecting) throws CannotRunException, InterruptedException {
    long began = System.nanoTime();
    long round = seed;
    do {
      for (Plan.Step step : options.plan(round, faults).steps()) {
        if (options.isTimed() && System.nanoTime() - began > options.length().toNanos()) {
          return true;
        }
        injecting.inject(step);
        done.merge(step.fault(), 1, Integer::sum);
      }
      round++;
    } while (options.isTimed());
    return true;
  }

  private void settle(Town town, Devices devices) throws CannotRunException, InterruptedException {
    timeline.say("no more faults; letting things settle");
    town.heal();
    town.hub().awaitUp();
    town.agent().awaitUp();
    devices.end(patience(ANSWERS_WITHIN));
    boolean drained = town.awaitEmptyQueue(patience(DRAINED_WITHIN));
    boolean stored = town.awaitHistory(patience(DRAINED_WITHIN));
    timeline.say(
        "%d offered, %d acknowledged, %s"
            .formatted(
                devices.offered(),
                devices.acknowledged(),
                !drained
                    ? "SOME STILL QUEUED"
                    : stored ? "nothing queued" : "SOME STILL ON THEIR WAY INTO THE HISTORY"));
  }

  private Reconciled read(Town town, Devices devices, Map<String, Long> givenUp)
      throws CannotRunException, InterruptedException {
    return Reconciled.of(
        console, town.hubApi(), devices.records(), givenUp, MARGIN, patience(SETTLED_WITHIN));
  }

  private Duration patience(Duration usual) {
    return options.breaksAPromise() ? PATIENCE_WITH_SABOTAGE : usual;
  }

  private boolean judge(Town town, Devices devices, Situations situations)
      throws CannotRunException, InterruptedException {
    Map<String, Long> givenUp = givenUp(town.gatewayAtHub());
    Reconciled reconciled = read(town, devices, givenUp);
    Figures figures = Figures.ask(town.agentApi(), town.hubApi());
    long began = System.nanoTime();
    // The gateway itself may still report devices as gone.
    while (figures.hub("applied") != reconciled.stored() + reconciled.count(Discrepancy.BY_GATEWAY)
        && System.nanoTime() - began < patience(SETTLED_WITHIN).toNanos()) {
      TimeUnit.SECONDS.sleep(1);
      reconciled = read(town, devices, givenUp);
      figures = Figures.ask(town.agentApi(), town.hubApi());
    }
    int kills = town.agent().kills() + town.hub().kills();
    int forged = town.mischief().done(Deed.FORGE);
    GatewayComplaints alerts = GatewayComplaints.ask(town.hubApi());
    TortureVerdict verdict =
        new TortureVerdict(
            reconciled,
            figures,
            givenUp,
            situations.takenElsewhere(),
            situations.givenUpElsewhere(),
            situations.waitingInRestored(),
            town.agent().ownDeaths() + town.hub().ownDeaths(),
            forged,
            alerts.ofHistories(),
            forged > 0 ? alerts.ofCountsOnly() : alerts.all(),
            !options.attached(),
            options.failsParticipant()
                ? FailedPart.ask(town.hubApi(), devices.records()).sentences()
                : List.of());
    console.say("");
    console.say(
        "%d faults of %d kinds and %d kills in %.0f s: %s"
            .formatted(
                done.values().stream().mapToInt(Integer::intValue).sum(),
                done.size(),
                kills,
                timeline.seconds(),
                done.entrySet().stream()
                    .map(entry -> entry.getKey() + " " + entry.getValue())
                    .collect(Collectors.joining(", "))));
    verdict.lines().forEach(console::say);
    return verdict.holds();
  }

  private List<String> agentSettings() {
    return List.of(
        "--linli.outbox.quota=" + options.quota() + "B",
        "--linli.outbox.waiting-bytes=512KB",
        "--linli.outbox.reserve=1MB",
        "--linli.mqtt.max-connections=" + (options.crowd() + 200),
        "--linli.uplink.longest-pause=2s",
        "--linli.uplink.refused-pause=2s",
        "--linli.uplink.taken-over-pause=2s",
        "--linli.uplink.receipt-wait=4s",
        "--linli.uplink.rejected-pause=1s",
        "--linli.uplink.keep-alive=2s",
        "--linli.liveness.grace=5s",
        "--linli.broker.longest-pause=2s");
  }

  private static Map<String, Long> givenUp(JsonNode ledger) {
    Map<String, Long> givenUp = new HashMap<>();
    ledger
        .path("shedByDevice")
        .properties()
        .forEach(entry -> givenUp.put(entry.getKey(), entry.getValue().asLong()));
    return givenUp;
  }

  private void tell(Town town, Devices devices) {
    try {
      while (true) {
        TimeUnit.SECONDS.sleep(1);
        console.progress(
            "%.0f s  offered %d, acknowledged %d, unanswered %d, kills %d"
                .formatted(
                    timeline.seconds(),
                    devices.offered(),
                    devices.acknowledged(),
                    devices.unanswered(),
                    town.agent().kills() + town.hub().kills()));
      }
    } catch (InterruptedException e) {
      // The run is over.
    }
  }
}
