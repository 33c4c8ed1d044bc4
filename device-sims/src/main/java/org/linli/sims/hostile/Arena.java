package org.linli.sims.hostile;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.linli.sims.api.JsonApi;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.program.AgentSetup;
import org.linli.sims.program.FreePort;
import org.linli.sims.program.HubSetup;
import org.linli.sims.program.Running;

/**
 * A gateway and a hub on free ports of 127.0.0.1, each in its own folder, started as {@code
 * ./launch} starts them, the hub with a heap of 512 MB.
 */
final class Arena implements AutoCloseable {

  static final String GATEWAY = "gateway-1";

  /** The gateway's heap by default in {@code ./launch}. */
  static final double GATEWAY_HEAP_MB = 128;

  static final double HUB_HEAP_MB = 512;

  /** The programs hold only what the run creates, and nobody else reaches them. */
  private static final String TOKEN = "the-token-of-one-hostile-run";

  private static final Duration START_WITHIN = Duration.ofSeconds(180);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final Map<Port, Integer> ports = new EnumMap<>(Port.class);
  private final Target gateway;
  private final Target hub;
  private final JsonApi gatewayApi;
  private final JsonApi hubApi;

  /**
   * One of the two programs.
   *
   * @param database the file whose rows are counted
   * @param page the port that answers its health
   */
  record Target(String name, Running running, Path log, Path database, Port page) {}

  private Arena(Path folder, Path launch, long quotaBytes) throws IOException {
    AgentSetup.Doors doors = AgentSetup.Doors.free();
    ports.put(Port.GATEWAY_MQTT, doors.mqtt());
    ports.put(Port.GATEWAY_COAP, doors.coap());
    ports.put(Port.GATEWAY_HTTP, doors.http());
    ports.put(Port.HUB_HTTP, FreePort.tcp());
    ports.put(Port.HUB_GATEWAYS, FreePort.tcp());
    Path community = LegitimateDevices.file().write(folder.resolve("community.yml"));
    HubSetup hubSetup =
        new HubSetup(
            launch,
            folder.resolve("hub"),
            folder.resolve("hub.log"),
            port(Port.HUB_HTTP),
            port(Port.HUB_GATEWAYS),
            null,
            TOKEN,
            List.of("--linli.community-file=" + community),
            "-Xmx%.0fm".formatted(HUB_HEAP_MB));
    AgentSetup agentSetup =
        new AgentSetup(
            launch,
            folder.resolve("gateway"),
            folder.resolve("gateway.log"),
            GATEWAY,
            doors,
            URI.create("mqtt://127.0.0.1:" + port(Port.HUB_GATEWAYS)),
            null,
            List.of("--linli.local-token=" + TOKEN, "--linli.outbox.quota=" + quotaBytes + "B"),
            "");
    gateway =
        new Target(
            "gateway",
            new Running(
                "gateway",
                agentSetup::start,
                agentSetup.uri().resolve("/api/ledger"),
                TOKEN,
                START_WITHIN,
                http),
            agentSetup.log(),
            agentSetup.data().resolve("outbox.db"),
            Port.GATEWAY_HTTP);
    hub =
        new Target(
            "hub",
            new Running(
                "hub",
                hubSetup::start,
                hubSetup.uri().resolve("/api/v1/ledger"),
                TOKEN,
                START_WITHIN,
                http),
            hubSetup.log(),
            hubSetup.data().resolve("hub.db"),
            Port.HUB_HTTP);
    gatewayApi = new JsonApi("gateway", agentSetup.uri(), TOKEN);
    hubApi = new JsonApi("hub", hubSetup.uri(), TOKEN);
  }

  /**
   * Starts both and waits until they are up.
   *
   * @param quotaBytes of the gateway's outbox
   * @throws CannotRunException when the folder cannot be written, or a program does not come up
   */
  static Arena start(Path folder, Path launch, long quotaBytes)
      throws CannotRunException, InterruptedException {
    Arena arena;
    try {
      arena = new Arena(folder, launch, quotaBytes);
    } catch (IOException e) {
      throw CannotRunException.unusable(
          "%s cannot be written: %s.".formatted(folder, e.getMessage()));
    }
    try {
      arena.hub.running().start("");
      arena.gateway.running().start("");
      arena.hub.running().awaitUp();
      arena.gateway.running().awaitUp();
      return arena;
    } catch (CannotRunException | InterruptedException e) {
      arena.close();
      throw e;
    }
  }

  Target gateway() {
    return gateway;
  }

  Target hub() {
    return hub;
  }

  JsonApi gatewayApi() {
    return gatewayApi;
  }

  JsonApi hubApi() {
    return hubApi;
  }

  Map<Port, Integer> ports() {
    return Map.copyOf(ports);
  }

  int port(Port port) {
    return ports.getOrDefault(port, 0);
  }

  String token() {
    return TOKEN;
  }

  /**
   * Restarts programs that ended by themselves; true when one had.
   *
   * @throws CannotRunException when it does not come up again
   */
  boolean revive() throws CannotRunException, InterruptedException {
    boolean ended = false;
    for (Target target : List.of(hub, gateway)) {
      if (!target.running().alive()) {
        target.running().awaitUp();
        ended = true;
      }
    }
    return ended;
  }

  @Override
  public void close() {
    gateway.running().close();
    hub.running().close();
    gatewayApi.close();
    hubApi.close();
    http.shutdownNow();
  }
}
