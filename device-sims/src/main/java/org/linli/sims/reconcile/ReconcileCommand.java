package org.linli.sims.reconcile;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.linli.sims.api.JsonApi;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.console.Console;
import org.linli.sims.console.ExitCode;
import org.linli.sims.journal.Outcome;
import org.linli.sims.journal.RecordedRun;
import org.linli.sims.ledger.Before;
import org.linli.sims.ledger.Equations;
import org.linli.sims.ledger.Figures;
import org.linli.sims.ledger.Sentence;
import org.linli.sims.options.HubOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code device-sims reconcile}. */
@Command(
    name = "reconcile",
    description = {
      "Judges a load by its own record: reads every event of its devices through the hub's API and"
          + " says what was lost, doubled, unexpected, recovered and out of order.",
      "",
      "With --gateway it first waits for that gateway's queues to drain, and holds the ledgers"
          + " against the record. Of the recorded devices every event in the time of the records"
          + " counts, so name the records of all runs that went on at the same time."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Nothing is lost, doubled, unexpected or out of order, and the ledgers agree.",
      "1:Something is; examples say what.",
      "2:The command line, a record or the token cannot be used.",
      "3:Gateway or hub does not answer."
    })
public final class ReconcileCommand implements Callable<Integer> {

  private static final long ASK_AGAIN_MILLIS = 100;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      required = true,
      arity = "1..*",
      description = "what \"device-sims load --record\" wrote, of one run or of several")
  private List<Path> records = new ArrayList<>();

  @Mixin private HubOptions hub = new HubOptions();

  @Option(
      names = "--gateway",
      paramLabel = "URI",
      description = "the gateway's own page, for example http://127.0.0.1:8081 (not asked)")
  private @Nullable URI gateway;

  @Option(
      names = "--since",
      paramLabel = "FILE",
      description =
          "how the gateway stood before the runs, as \"device-sims check --note\" wrote it (empty)")
  private @Nullable Path since;

  @Option(
      names = "--settle",
      paramLabel = "TIME",
      defaultValue = "60s",
      description = "how long events may take to reach the hub (${DEFAULT-VALUE})")
  private Duration settle = Duration.ofSeconds(60);

  @Option(names = "--json", description = "write the verdict as JSON")
  private boolean json;

  private final Console console;

  public ReconcileCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CannotRunException, InterruptedException {
    List<RecordedRun> runs = new ArrayList<>();
    for (Path file : records) {
      runs.add(RecordedRun.read(file));
    }
    Recorded recorded = new Recorded(runs);
    Before before = since == null ? Before.NOTHING : Before.read(since);
    try (JsonApi hubApi = hub.api()) {
      if (gateway == null) {
        return judge(recorded, null, hubApi, before);
      }
      try (JsonApi gatewayApi = new JsonApi("gateway", gateway, "")) {
        return judge(recorded, gatewayApi, hubApi, before);
      }
    }
  }

  private int judge(Recorded recorded, @Nullable JsonApi gatewayApi, JsonApi hubApi, Before before)
      throws CannotRunException, InterruptedException {
    Discrepancies discrepancies =
        new Reconciling(console, gatewayApi, hubApi, settle, Map.of()).run(recorded);
    List<Sentence> ledgers = new ArrayList<>();
    if (gatewayApi != null) {
      Figures now = whenNothingIsOnItsWay(gatewayApi, hubApi);
      ledgers.add(taken(recorded, now.gateway("taken") - before.taken(), since != null));
      ledgers.addAll(Equations.of(now));
    }
    Judgement judgement = new Judgement(recorded, discrepancies, ledgers);
    if (json) {
      console.say(judgement.json());
    } else {
      judgement.lines().forEach(console::say);
    }
    return judgement.holds() ? ExitCode.HOLDS : ExitCode.DOES_NOT_HOLD;
  }

  /**
   * Reads the ledgers, repeatedly if necessary, until no event is on its way. If others send
   * through the same gateway, some event is on its way at most moments; it tries for as long as
   * events may take to reach the hub.
   */
  private Figures whenNothingIsOnItsWay(JsonApi gatewayApi, JsonApi hubApi)
      throws CannotRunException, InterruptedException {
    long began = System.nanoTime();
    Figures now = Figures.ask(gatewayApi, hubApi);
    while (!nothingIsOnItsWay(now) && System.nanoTime() - began < settle.toNanos()) {
      TimeUnit.MILLISECONDS.sleep(ASK_AGAIN_MILLIS);
      now = Figures.ask(gatewayApi, hubApi);
    }
    return now;
  }

  private static boolean nothingIsOnItsWay(Figures now) {
    return now.gateway("queued") == 0
        && now.hub("applied") + now.hub("dead") + now.gateway("shed") == now.gateway("taken");
  }

  /**
   * A gateway with an unknown past may have taken more than this. A message in a vendor's format
   * may be several events, one event that is repeated, or none: those are checked event by event.
   */
  private static Sentence taken(Recorded recorded, long taken, boolean onlyThis) {
    long acknowledged = recorded.count(Outcome.ACKNOWLEDGED);
    if (recorded.inFormats()) {
      return new Sentence(
          "gateway took something of what the simulators saw acknowledged",
          "%d events taken, %d messages acknowledged, %d offered"
              .formatted(taken, acknowledged, recorded.offered()),
          taken > 0 == acknowledged > 0);
    }
    return new Sentence(
        "gateway took what the simulators saw acknowledged",
        "%d taken, %d acknowledged, %d offered".formatted(taken, acknowledged, recorded.offered()),
        taken >= acknowledged && (!onlyThis || taken <= recorded.offered()));
  }
}
