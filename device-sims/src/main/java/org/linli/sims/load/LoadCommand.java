package org.linli.sims.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.linli.sims.api.JsonApi;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.console.Console;
import org.linli.sims.console.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code device-sims load}. */
@Command(
    name = "load",
    description = {
      "Offers a gateway a steady number of events a second, whether it keeps up or not, and says"
          + " how long they took to be acknowledged; with --hub also how long until they were"
          + " stored and until an alert was on the hub's stream.",
      "",
      "Times count from when an event was meant to leave. Hub and simulators are to run on one"
          + " machine, or on clocks that agree. Devices are named load-0, load-1, …: in no"
          + " community file, so the hub shows them as unassigned."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Every event offered was acknowledged.",
      "1:An event was refused or stayed unanswered.",
      "2:The command line or the token cannot be used.",
      "3:Gateway or hub does not answer."
    })
public final class LoadCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "500",
      description = "events a second (${DEFAULT-VALUE})")
  private int rate = 500;

  @Option(
      names = "--devices",
      paramLabel = "N",
      defaultValue = "200",
      description = "how many devices they come from (${DEFAULT-VALUE})")
  private int devices = 200;

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      defaultValue = "mqtt",
      description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})")
  private LoadProtocol protocol = LoadProtocol.MQTT;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "20",
      description = "over how many connections; a device stays with its own (${DEFAULT-VALUE})")
  private int connectionCount = 20;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "how long, in whole seconds (${DEFAULT-VALUE})")
  private Duration length = Duration.ofSeconds(30);

  @Option(
      names = "--alert-every",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "every N-th event opens an alert, or clears it again; 0 for none (${DEFAULT-VALUE})")
  private int alertEvery = 100;

  @Option(
      names = "--mqtt",
      paramLabel = "URI",
      defaultValue = "mqtt://127.0.0.1:1883",
      description = "the gateway's MQTT address (${DEFAULT-VALUE})")
  private URI mqtt = URI.create("mqtt://127.0.0.1:1883");

  @Option(
      names = "--coap",
      paramLabel = "URI",
      defaultValue = "coap://127.0.0.1:5683",
      description = "the gateway's CoAP address (${DEFAULT-VALUE})")
  private URI coap = URI.create("coap://127.0.0.1:5683");

  @Option(
      names = "--http",
      paramLabel = "URI",
      defaultValue = "http://127.0.0.1:8081",
      description = "the gateway's HTTP address (${DEFAULT-VALUE})")
  private URI http = URI.create("http://127.0.0.1:8081");

  @Option(
      names = "--hub",
      paramLabel = "URI",
      description = "the hub, for example http://127.0.0.1:8080 (not asked)")
  private @Nullable URI hub;

  @Option(
      names = "--token",
      paramLabel = "TEXT",
      defaultValue = "${env:LINLI_ADMIN_TOKEN}",
      description = "the hub's API token (the environment's LINLI_ADMIN_TOKEN)")
  private @Nullable String token;

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
    requireAtLeast("--rate", rate, 1);
    requireAtLeast("--devices", devices, 1);
    requireAtLeast("--connections", connectionCount, 1);
    requireAtLeast("--for", length.toSeconds(), 1);
    requireAtLeast("--alert-every", alertEvery, 0);
    Connections.Gateway gateway = new Connections.Gateway(mqtt, coap, http);
    Connections.require(gateway, protocol, connectionCount);
    if (hub == null) {
      try (Connections connections = new Connections(gateway, protocol, connectionCount)) {
        return run(connections, AlertWatch.none(), null);
      }
    }
    try (JsonApi hubApi = new JsonApi("hub", hub, token == null ? "" : token);
        AlertWatch alerts = AlertWatch.of(hubApi);
        Connections connections = new Connections(gateway, protocol, connectionCount)) {
      return run(connections, alerts, hubApi);
    }
  }

  private int run(Connections connections, AlertWatch alerts, @Nullable JsonApi hubApi)
      throws CannotRunException, InterruptedException, IOException {
    connections.awaitReady(PATIENCE);
    String boot = Long.toString(clock.millis() / 1000, 36);
    LoadEvents events = new LoadEvents(devices, alertEvery, boot);
    OpenLoop loop = new OpenLoop(connections, events, alerts, rate, clock);
    Thread progress =
        Thread.ofVirtual().name("progress").start(() -> showProgress(loop, connections));
    StoredSample sample = new StoredSample();
    try {
      loop.run(length, PATIENCE);
    } finally {
      progress.interrupt();
    }
    if (hubApi != null) {
      awaitAlerts(alerts);
      sample.take(hubApi, loop.began(), length, rate, boot);
    }
    summarise(loop, alerts, sample);
    return loop.refused() == 0 && loop.unanswered() == 0 ? ExitCode.HOLDS : ExitCode.DOES_NOT_HOLD;
  }

  private static void awaitAlerts(AlertWatch alerts) throws InterruptedException {
    for (int tenths = 0; tenths < 100 && alerts.outstanding() > 0; tenths++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private void summarise(OpenLoop loop, AlertWatch alerts, StoredSample sample) throws IOException {
    console.say(
        "%d events of %d devices over %d connections (%s), %d a second for %d s"
            .formatted(
                loop.offered(), devices, connectionCount, protocol, rate, length.toSeconds()));
    console.say(
        "acknowledged %d (%.0f/s), refused %d, unanswered %d, sent again %d"
            .formatted(
                loop.toAcknowledged().count(),
                loop.acknowledgedPerSecond(),
                loop.refused(),
                loop.unanswered(),
                loop.repeated()));
    console.say(loop.toAcknowledged().summary());
    console.say(sample.toStored().summary());
    console.say(
        alerts.toAlert().summary()
            + (alerts.outstanding() == 0 ? "" : "; " + alerts.outstanding() + " did not come"));
    if (report != null) {
      Files.write(report, JsonMapper.shared().writeValueAsBytes(figures(loop, alerts, sample)));
    }
  }

  private static ObjectNode figures(OpenLoop loop, AlertWatch alerts, StoredSample sample) {
    ObjectNode figures =
        JsonMapper.shared()
            .createObjectNode()
            .put("offered", loop.offered())
            .put("acknowledged", loop.toAcknowledged().count())
            .put("acknowledgedPerSecond", loop.acknowledgedPerSecond())
            .put("refused", loop.refused())
            .put("unanswered", loop.unanswered())
            .put("repeated", loop.repeated());
    loop.toAcknowledged().put(figures);
    sample.toStored().put(figures);
    alerts.toAlert().put(figures);
    return figures.put("alertsMissing", alerts.outstanding());
  }

  private void showProgress(OpenLoop loop, Connections connections) {
    long acknowledgedBefore = 0;
    try {
      for (int second = 1; ; second++) {
        TimeUnit.SECONDS.sleep(1);
        long acknowledged = loop.toAcknowledged().count();
        console.progress(
            "%4d s  offered %d, acknowledged %d (%d in this second), waiting %d, p99 %.1f ms%s"
                .formatted(
                    second,
                    loop.offered(),
                    acknowledged,
                    acknowledged - acknowledgedBefore,
                    loop.unanswered(),
                    loop.toAcknowledged().millisAt(99),
                    connections.trouble().map(trouble -> "; " + trouble).orElse("")));
        acknowledgedBefore = acknowledged;
      }
    } catch (InterruptedException e) {
      // The load is over.
    }
  }

  private static void requireAtLeast(String option, long value, long least)
      throws CannotRunException {
    if (value < least) {
      throw CannotRunException.unusable(
          "%s is at least %d, not %d.".formatted(option, least, value));
    }
  }
}
