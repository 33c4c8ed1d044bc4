package org.linli.sims.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.linli.sims.api.JsonApi;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.console.Console;
import org.linli.sims.console.ExitCode;
import org.linli.sims.journal.Journal;
import org.linli.sims.journal.JournalFile;
import org.linli.sims.options.TokenOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code device-sims load}. */
@Command(
    name = "load",
    description = {
      "Offers a gateway a steady number of events a second, whether it keeps up or not, and says"
          + " how long they took to be acknowledged; with --hub also how long until they were"
          + " stored and until an alert was on the hub's stream; with --record it takes down what"
          + " became of each, for \"device-sims reconcile\".",
      "",
      "With --mix the equipment of many makes sends its own formats; how its messages are found"
          + " again says docs/reconcile.md.",
      "",
      "Times count from when an event was meant to leave. Hub and simulators are to run on one"
          + " machine, or on clocks that agree. Devices are named load-0, load-1, …: in no"
          + " community file, so the hub shows them as unassigned."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Every event offered was acknowledged, or written where QoS 0 has no acknowledgement.",
      "1:An event was refused, given up or stayed unanswered.",
      "2:The command line, the token or the record's file cannot be used.",
      "3:Gateway or hub does not answer."
    })
public final class LoadCommand implements Callable<Integer> {

  @Mixin private LoadOptions options = new LoadOptions();

  @Option(
      names = "--hub",
      paramLabel = "URI",
      description = "the hub, for example http://127.0.0.1:8080 (not asked)")
  private @Nullable URI hub;

  @Mixin private TokenOptions token = new TokenOptions();

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "take down every event offered and every answer, in a new file")
  private @Nullable Path record;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "write the figures as JSON at the end")
  private @Nullable Path report;

  private final Console console;
  private final InstantSource clock;

  public LoadCommand(Console console, InstantSource clock) {
    this.console = console;
    this.clock = clock;
  }

  @Override
  public Integer call() throws CannotRunException, InterruptedException, IOException {
    options.requireUsable();
    Connections.require(options.gateway(), options.plan());
    if (hub == null) {
      return run(AlertWatch.none(), null);
    }
    try (JsonApi hubApi = new JsonApi("hub", hub, token.token());
        AlertWatch alerts = AlertWatch.of(hubApi)) {
      return run(alerts, hubApi);
    }
  }

  private int run(AlertWatch alerts, @Nullable JsonApi hubApi)
      throws CannotRunException, InterruptedException, IOException {
    String run = Long.toString(clock.millis(), 36);
    Offering.warmUp(options.offers(run));
    StoredSample sample = new StoredSample();
    Offering loop;
    Connections.Plan plan = options.plan();
    try (Connections connections = new Connections(options.gateway(), plan)) {
      awaitReady(connections, plan);
      Instant began = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      try (Journal journal = journal(run, began)) {
        loop =
            new Offering(connections, options.offers(run), alerts, options.pace(), journal, began);
        offer(loop, connections);
        journal.ended();
      }
      if (hubApi != null) {
        awaitAlerts(alerts);
        sample.take(
            hubApi, began, options.length(), Math.max(1, (int) loop.acknowledgedPerSecond()), run);
      }
    }
    LoadReport figures = new LoadReport(options, loop, alerts, sample);
    figures.lines().forEach(console::say);
    if (report != null) {
      figures.write(report);
    }
    long givenUp = options.qos() == 0 ? 0 : loop.unconfirmed();
    return loop.refused() + loop.unanswered() + givenUp == 0
        ? ExitCode.HOLDS
        : ExitCode.DOES_NOT_HOLD;
  }

  private Journal journal(String run, Instant began) throws CannotRunException {
    return record == null ? Journal.NONE : JournalFile.create(record, run, began, clock);
  }

  private void awaitReady(Connections connections, Connections.Plan plan)
      throws InterruptedException {
    Thread progress =
        everySecond(
            second ->
                "%4d s  connected %d of %d%s"
                    .formatted(second, connections.ready(), plan.number(), trouble(connections)));
    try {
      connections.awaitReady(plan.readyWithin(options.patience()));
    } finally {
      progress.interrupt();
    }
  }

  private void offer(Offering loop, Connections connections)
      throws InterruptedException, IOException {
    Thread progress =
        everySecond(
            second ->
                "%4d s  connected %d, offered %d, acknowledged %d, refused %d, waiting %d, p99 %.1f ms%s"
                    .formatted(
                        second,
                        connections.ready(),
                        loop.offered(),
                        loop.toAcknowledged().count(),
                        loop.refused(),
                        loop.unanswered(),
                        loop.toAcknowledged().millisAt(99),
                        trouble(connections)));
    try {
      loop.run(options.length().plus(options.patience()), options.patience());
    } finally {
      progress.interrupt();
    }
  }

  private static void awaitAlerts(AlertWatch alerts) throws InterruptedException {
    for (int tenths = 0; tenths < 100 && alerts.outstanding() > 0; tenths++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static String trouble(Connections connections) {
    return connections.trouble().map(trouble -> "; " + trouble).orElse("");
  }

  /** Makes a line from a number of seconds. */
  @FunctionalInterface
  private interface Line {
    String after(int seconds);
  }

  private Thread everySecond(Line line) {
    return Thread.ofVirtual()
        .name("progress")
        .start(
            () -> {
              try {
                for (int second = 1; ; second++) {
                  TimeUnit.SECONDS.sleep(1);
                  console.progress(line.after(second));
                }
              } catch (InterruptedException e) {
                // The awaited end has come.
              }
            });
  }
}
