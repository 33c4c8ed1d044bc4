package org.linli.sims.hostile;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.console.Console;
import org.linli.sims.console.ExitCode;
import org.linli.sims.load.Latency;
import org.linli.sims.load.Traffic;

/**
 * One run: first without an attack, then one attack after another, then the account of the events.
 */
final class Hostile {

  static final String NONE = "none";

  private static final int PER_SECOND = 50;
  private static final int ALERT_EVERY = 50;
  private static final int CONNECTIONS = 2;
  private static final Duration READY_WITHIN = Duration.ofSeconds(30);

  /** Java compiles hot code in the first seconds, which must not be measured. */
  private static final int LEAST_WARM_UP_SECONDS = 6;

  private static final int MOST_WARM_UP_SECONDS = 40;
  private static final int WINDOW_SECONDS = 2;
  private static final Duration LEAST_WITHOUT = Duration.ofSeconds(10);
  private static final Duration SETTLED_WITHIN = Duration.ofSeconds(40);

  /** A program may take a while to notice that a client is gone. */
  private static final Duration CLOSED_WITHIN = Duration.ofSeconds(12);

  private static final int FEW_FILES = 32;
  private static final long POLL_MILLIS = 100;
  private static final double MEGABYTE = 1_000_000;

  private final HostileOptions options;
  private final Path folder;
  private final Path launch;
  private final Console console;
  private final InstantSource clock;
  private final Random random;
  private final Set<String> broken = new LinkedHashSet<>();
  private final Growth growth = new Growth();
  private int phases;

  Hostile(HostileOptions options, Path folder, Path launch, Console console, InstantSource clock) {
    this.options = options;
    this.folder = folder;
    this.launch = launch;
    this.console = console;
    this.clock = clock;
    this.random = options.random();
  }

  int run() throws CannotRunException, InterruptedException {
    try (Arena arena = Arena.start(folder, launch, options.quotaBytes());
        Traffic device = device(arena)) {
      awaitReady(device);
      console.say(
          "Hub and gateway of %s are up, and a device reports %d times a second."
              .formatted(options.root().toAbsolutePath().normalize(), PER_SECOND));
      warmUp(device);
      Observed none = phase(arena, device, null);
      Judge judge =
          new Judge(none, Limits.with(options.floorMillis()), options.quotaBytes() / MEGABYTE);
      console.say(Report.heading());
      take(none, judge);
      long began = System.nanoTime();
      int rounds = 0;
      do {
        if (rounds > 0) {
          take(phase(arena, device, null), judge);
        }
        for (Attack attack : inOrder()) {
          if (rounds == 0 || System.nanoTime() - began < options.length().toNanos()) {
            take(phase(arena, device, attack), judge);
          }
        }
        rounds++;
      } while (System.nanoTime() - began < options.length().toNanos());
      if (rounds >= Growth.LEAST_ROUNDS) {
        growth.lines().forEach(console::say);
        broken.addAll(growth.problems());
      }
      console.say(
          "Allowed p99: %.1f ms, 3 x the one without an attack, but never less than %.0f ms."
              .formatted(judge.mostP99(), options.floorMillis()));
      device.finish();
      device.end(SETTLED_WITHIN);
      Accounting accounting = Accounting.of(arena, device.record(), console);
      accounting.lines().forEach(console::say);
      broken.addAll(accounting.problems());
    }
    broken.forEach(title -> console.say("NO   " + title));
    console.say(broken.isEmpty() ? "Everything holds." : "Something does not hold.");
    return broken.isEmpty() ? ExitCode.HOLDS : ExitCode.DOES_NOT_HOLD;
  }

  private Traffic device(Arena arena) throws CannotRunException {
    return Traffic.start(
        new Traffic.Manner(
            LegitimateDevices.PREFIX,
            false,
            1,
            CONNECTIONS,
            LegitimateDevices.COUNT,
            PER_SECOND,
            ALERT_EVERY,
            0),
        uri("mqtt", arena.port(Port.GATEWAY_MQTT)),
        uri("coap", arena.port(Port.GATEWAY_COAP)),
        uri("http", arena.port(Port.GATEWAY_HTTP)),
        folder.resolve("record.txt"),
        clock);
  }

  private void awaitReady(Traffic device) throws CannotRunException, InterruptedException {
    long since = System.nanoTime();
    while (device.ready() < CONNECTIONS) {
      if (System.nanoTime() - since > READY_WITHIN.toNanos()) {
        throw CannotRunException.unreachable(
            "The gateway lets the device in nowhere: " + device.trouble().orElse("no answer"));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** Waits until acknowledgements take no longer than a machine's noise, or for long enough. */
  private void warmUp(Traffic device) throws InterruptedException {
    double p99 = Double.MAX_VALUE;
    for (int seconds = 0;
        seconds < LEAST_WARM_UP_SECONDS
            || seconds < MOST_WARM_UP_SECONDS && p99 > options.floorMillis() / 2;
        seconds += WINDOW_SECONDS) {
      Latency before = device.toAcknowledged();
      TimeUnit.SECONDS.sleep(WINDOW_SECONDS);
      p99 = device.toAcknowledged().since(before).millisAt(99);
    }
  }

  private List<Attack> inOrder() throws CannotRunException {
    List<Attack> attacks = new ArrayList<>(options.attacks());
    Collections.shuffle(attacks, random);
    return attacks;
  }

  private void take(Observed seen, Judge judge) {
    List<String> wrong = judge.problems(seen);
    console.say(Report.line(seen, judge, wrong.isEmpty()));
    if (!wrong.isEmpty()) {
      wrong.forEach(sentence -> console.say("       " + sentence));
      broken.add("The limits did not hold under %s.".formatted(seen.attack()));
    }
    growth.add(seen);
  }

  /** One attack, or the same time without one, and then the wait until the programs settle. */
  private Observed phase(Arena arena, Traffic device, @Nullable Attack attack)
      throws CannotRunException, InterruptedException {
    String name = attack == null ? NONE : attack.toString();
    Latency before = device.toAcknowledged();
    long refusedBefore = device.refused();
    phases++;
    try (ProgramMonitor monitor = new ProgramMonitor(arena, device);
        Assault assault =
            new Assault(
                arena.ports(),
                arena.token(),
                "s%d-".formatted(phases),
                new Random(random.nextLong()),
                options.each())) {
      Thread progress = Thread.ofVirtual().start(() -> tell(name, assault, device, before));
      try {
        if (attack == null) {
          TimeUnit.MILLISECONDS.sleep(
              Math.max(options.each().toMillis(), LEAST_WITHOUT.toMillis()));
        } else {
          attack.deed().commit(assault);
        }
      } finally {
        progress.interrupt();
      }
      assault.close();
      long unanswered = settle(arena, device, monitor);
      Latency latency = device.toAcknowledged().since(before);
      Map<String, Held> held = monitor.held();
      if (arena.revive()) {
        // It had answered once more and ended afterwards.
        settle(arena, device, monitor);
        warmUp(device);
        held = monitor.held();
      }
      return new Observed(
          name,
          assault.done(),
          assault.turnedAway(),
          assault.found(),
          latency.millisAt(50),
          latency.millisAt(99),
          latency.count(),
          device.refused() - refusedBefore,
          unanswered,
          Objects.requireNonNull(held.get(arena.gateway().name())),
          Objects.requireNonNull(held.get(arena.hub().name())),
          rows(arena),
          outboxMb(arena));
    }
  }

  /**
   * Waits until all events sent so far are answered and both programs report that they are well.
   *
   * @return events still unanswered when it gave up
   */
  private long settle(Arena arena, Traffic device, ProgramMonitor monitor)
      throws CannotRunException, InterruptedException {
    long sent = device.offered();
    long since = System.nanoTime();
    boolean ended = false;
    while (true) {
      boolean revived = arena.revive();
      ended |= revived;
      long unanswered = Math.max(0, sent - device.acknowledged() - device.refused());
      boolean closed =
          monitor.moreFiles() <= FEW_FILES || System.nanoTime() - since > CLOSED_WITHIN.toNanos();
      boolean settled = !revived && unanswered == 0 && monitor.healthy() && closed;
      if (settled || System.nanoTime() - since > SETTLED_WITHIN.toNanos()) {
        if (ended) {
          warmUp(device);
        }
        return unanswered;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private static Map<String, Long> rows(Arena arena) throws CannotRunException {
    Map<String, Long> rows = new TreeMap<>();
    for (Arena.Target target : List.of(arena.gateway(), arena.hub())) {
      rows.putAll(Rows.count(target.name(), target.database()));
    }
    return rows;
  }

  private static double outboxMb(Arena arena) {
    Path database = arena.gateway().database();
    long bytes = 0;
    for (String end : List.of("", "-wal")) {
      try {
        bytes += Files.size(database.resolveSibling(database.getFileName() + end));
      } catch (IOException e) {
        continue;
      }
    }
    return bytes / MEGABYTE;
  }

  private void tell(String name, Assault assault, Traffic device, Latency before) {
    try {
      while (true) {
        TimeUnit.SECONDS.sleep(1);
        console.progress(
            "%s: did %d, turned away %d; the device has p99 %.1f ms and waits for %d"
                .formatted(
                    name,
                    assault.done(),
                    assault.turnedAway(),
                    device.toAcknowledged().since(before).millisAt(99),
                    device.unanswered()));
      }
    } catch (InterruptedException e) {
      // The attack is over.
    }
  }

  private static URI uri(String scheme, int port) {
    return URI.create("%s://127.0.0.1:%d".formatted(scheme, port));
  }
}
