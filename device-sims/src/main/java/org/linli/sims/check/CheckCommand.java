package org.linli.sims.check;

import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linli.sims.api.JsonApi;
import org.linli.sims.community.Community;
import org.linli.sims.community.UnusableCommunityException;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.console.Console;
import org.linli.sims.console.ExitCode;
import org.linli.sims.ledger.Before;
import org.linli.sims.ledger.Figures;
import org.linli.sims.options.HubOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code device-sims check}. */
@Command(
    name = "check",
    description = {
      "Judges a run: compares the simulators' own count with the ledgers of gateway and hub, and"
          + " looks for an alert that a grid worker is responsible for. Waits for the queues to"
          + " drain first.",
      "",
      "Without --report it only shows how gateway and hub stand, once or with --watch, or notes it"
          + " with --note."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Everything holds.",
      "1:Something does not hold; the table says what.",
      "2:The command line, a file or the token cannot be used.",
      "3:Gateway or hub does not answer."
    })
public final class CheckCommand implements Callable<Integer> {

  private static final long POLL_MILLIS = 200;

  /** With the largest page size that the hub allows. */
  private static final String ALERTS = "/api/v1/alerts?limit=500";

  @Option(
      names = {"--agent", "--gateway"},
      paramLabel = "URI",
      defaultValue = "http://127.0.0.1:8081",
      description = "the gateway's own page (${DEFAULT-VALUE})")
  private URI agent = URI.create("http://127.0.0.1:8081");

  @Mixin private HubOptions hub = new HubOptions();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "the count that \"device-sims simulate --report\" wrote")
  private @Nullable Path report;

  @Option(
      names = "--since",
      paramLabel = "FILE",
      description = "how the gateway stood before the run, where it had a past: see --note")
  private @Nullable Path since;

  @Option(
      names = "--note",
      paramLabel = "FILE",
      description = "write how the gateway stands now, for --since later, and judge nothing")
  private @Nullable Path note;

  @Option(
      names = "--watch",
      paramLabel = "TIME",
      description = "show how gateway and hub stand again and again, so far apart, until stopped")
  private @Nullable Duration watch;

  @Option(names = "--live", description = "with --watch: write over the same line, for a terminal")
  private boolean live;

  @Option(
      names = "--community",
      paramLabel = "FILE",
      description = "who the grid workers are, a community file (the sample community)")
  private @Nullable Path communityFile;

  @Option(
      names = "--within",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "how long the queues may take to drain (${DEFAULT-VALUE})")
  private Duration within = Duration.ofSeconds(30);

  private final Console console;
  private final InstantSource clock;

  public CheckCommand(Console console, InstantSource clock) {
    this.console = console;
    this.clock = clock;
  }

  @Override
  public Integer call() throws CannotRunException, InterruptedException {
    try (JsonApi agentApi = new JsonApi("gateway", agent, "");
        JsonApi hubApi = hub.api()) {
      if (note != null) {
        Figures now = Figures.ask(agentApi, hubApi);
        new Before(clock.instant(), now.gateway("taken"), now.gateway("refused")).write(note);
        return ExitCode.HOLDS;
      }
      if (watch != null) {
        return watch(watch, agentApi, hubApi);
      }
      if (report == null) {
        console.say(standing(agentApi, hubApi));
        return ExitCode.HOLDS;
      }
      return judge(report, agentApi, hubApi);
    }
  }

  private int watch(Duration pause, JsonApi agentApi, JsonApi hubApi) throws InterruptedException {
    while (true) {
      String line;
      try {
        line = standing(agentApi, hubApi);
      } catch (CannotRunException e) {
        line = e.whileAskingAgain();
      }
      if (live) {
        console.rewrite(line);
      } else {
        console.say(line);
      }
      TimeUnit.MILLISECONDS.sleep(pause.toMillis());
    }
  }

  private static String standing(JsonApi agentApi, JsonApi hubApi)
      throws CannotRunException, InterruptedException {
    Figures now = Figures.ask(agentApi, hubApi);
    Map<String, Long> alerts = new TreeMap<>();
    String last = "";
    for (JsonNode alert : hubApi.everyItem(ALERTS)) {
      alerts.merge(alert.path("status").asString("?"), 1L, Long::sum);
      if (last.isEmpty()) {
        last = describe(alert);
      }
    }
    return "events: %d taken, %d queued, %d stored · alerts: %s%s"
        .formatted(
            now.gateway("taken"),
            now.gateway("queued"),
            now.hub("applied"),
            alerts.isEmpty() ? "none" : inWords(alerts),
            last.isEmpty() ? "" : " · last: " + last);
  }

  private static String inWords(Map<String, Long> alerts) {
    return alerts.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  private int judge(Path countFile, JsonApi agentApi, JsonApi hubApi)
      throws CannotRunException, InterruptedException {
    Count count = Count.read(countFile);
    Before before = since == null ? Before.NOTHING : Before.read(since);
    Figures now = settled(agentApi, hubApi);
    List<String> assignments = assignments(hubApi, gridWorkers(), before.at());
    Verdict verdict = Verdict.of(count, now, before, assignments);
    verdict.lines().forEach(line -> console.say(line.line()));
    return verdict.holds() ? ExitCode.HOLDS : ExitCode.DOES_NOT_HOLD;
  }

  private Figures settled(JsonApi agentApi, JsonApi hubApi)
      throws CannotRunException, InterruptedException {
    long began = System.nanoTime();
    Figures now = Figures.ask(agentApi, hubApi);
    while (!now.settled() && System.nanoTime() - began < within.toNanos()) {
      console.progress(
          "waiting for the queues: %d queued, %d of %d applied"
              .formatted(now.gateway("queued"), now.hub("applied"), now.gateway("taken")));
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      now = Figures.ask(agentApi, hubApi);
    }
    return now;
  }

  private List<String> gridWorkers() throws CannotRunException {
    try {
      return (communityFile == null ? Community.sample() : Community.read(communityFile))
          .gridWorkers();
    } catch (UnusableCommunityException e) {
      throw CannotRunException.unusable(e.sentence());
    }
  }

  private static List<String> assignments(JsonApi hubApi, List<String> gridWorkers, Instant since)
      throws CannotRunException, InterruptedException {
    Map<String, Long> byPerson = new TreeMap<>();
    for (JsonNode alert : hubApi.everyItem(ALERTS)) {
      String person = alert.path("assignee").path("id").asString("");
      if (gridWorkers.contains(person) && !instant(alert.path("lastSeenAt")).isBefore(since)) {
        byPerson.merge(person, 1L, Long::sum);
      }
    }
    return byPerson.entrySet().stream()
        .map(entry -> entry.getValue() + " of " + entry.getKey())
        .toList();
  }

  private static String describe(JsonNode alert) {
    String person = alert.path("assignee").path("name").asString("");
    return "%s at %s → %s"
        .formatted(
            alert.path("type").asString("?"),
            alert.path("device").asString("?"),
            person.isEmpty() ? "nobody" : person);
  }

  private static Instant instant(JsonNode node) {
    try {
      return Instant.parse(node.asString(""));
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }
}
