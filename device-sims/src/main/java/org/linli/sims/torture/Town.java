package org.linli.sims.torture;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.sims.api.JsonApi;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.fault.BatchMischief;
import org.linli.sims.fault.TcpProxy;
import org.linli.sims.fault.UdpProxy;
import org.linli.sims.program.AgentSetup;
import org.linli.sims.program.BrokerSetup;
import org.linli.sims.program.FreePort;
import org.linli.sims.program.HubSetup;
import org.linli.sims.program.Program;
import org.linli.sims.program.Running;
import tools.jackson.databind.JsonNode;

/**
 * A hub, an agent and optionally a broker as processes, on free ports and in folders of their own,
 * with a proxy on every path between them and the devices.
 *
 * <pre>
 *   devices ──mqtt──▶ proxy ──▶ agent, or broker ──▶ agent
 *           ──coap──▶ proxy ──▶ agent ──▶ proxy ──▶ hub, or broker ──▶ hub
 *           ──http──▶ proxy ──▶ agent
 * </pre>
 */
final class Town implements AutoCloseable {

  static final String GATEWAY = "gateway-1";

  /** The programs hold only what the run creates, and nobody else reaches them. */
  private static final String TOKEN = "the-token-of-one-torture-run";

  private static final Duration START_WITHIN = Duration.ofSeconds(180);
  private static final Duration GRACE = Duration.ofSeconds(15);
  private static final long POLL_MILLIS = 100;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final TestBuild build;
  private final Disks disks;
  private final AgentSetup agentSetup;
  private final @Nullable BrokerSetup brokerSetup;
  private final Running hub;
  private final Running agent;
  private @Nullable Program broker;
  private final TcpProxy mqtt;
  private final UdpProxy coap;
  private final TcpProxy web;
  private final TcpProxy uplink;
  private final BatchMischief mischief;
  private final JsonApi hubApi;
  private final JsonApi agentApi;

  private Town(Path folder, Path launch, TestBuild build, Disks disks, Manner manner)
      throws IOException {
    this.build = build;
    this.disks = disks;
    int hubHttp = FreePort.tcp();
    int hubMqtt = FreePort.tcp();
    AgentSetup.Doors doors = AgentSetup.Doors.free();
    brokerSetup =
        manner.attached()
            ? new BrokerSetup(
                folder.resolve("broker"), folder.resolve("broker.log"), FreePort.tcp())
            : null;
    URI brokerUri = brokerSetup == null ? null : brokerSetup.uri();
    mischief = new BatchMischief(manner.seed());
    mqtt =
        TcpProxy.start(
            0, brokerSetup == null ? doors.mqtt() : brokerSetup.port(), manner.seed() + 1);
    coap = UdpProxy.start(0, doors.coap(), manner.seed() + 2);
    web = TcpProxy.start(0, doors.http(), manner.seed() + 3);
    uplink =
        TcpProxy.start(
            0,
            brokerSetup == null ? hubMqtt : brokerSetup.port(),
            manner.seed() + 4,
            mischief::tampering);
    Path community = Devices.community(GATEWAY).write(folder.resolve("community.yml"));
    HubSetup hubSetup =
        new HubSetup(
            launch,
            disks.hub(),
            folder.resolve("hub.log"),
            hubHttp,
            hubMqtt,
            brokerUri,
            TOKEN,
            Stream.concat(
                    Stream.of(
                        "--linli.boot-id=" + disks.hubBoot(),
                        "--linli.community-file=" + community),
                    manner.hubSettings().stream())
                .toList(),
            manner.hubJava());
    agentSetup =
        new AgentSetup(
            launch,
            disks.agent(),
            folder.resolve("agent.log"),
            GATEWAY,
            doors,
            URI.create("mqtt://127.0.0.1:" + uplink.port()),
            brokerUri,
            manner.agentSettings(),
            manner.agentJava());
    hub =
        new Running(
            "hub",
            more -> hubSetup.start(build.options("hub", more)),
            hubSetup.uri().resolve("/api/v1/ledger"),
            TOKEN,
            START_WITHIN,
            http);
    agent = runningAgent("agent", agentSetup);
    hubApi = new JsonApi("hub", hubSetup.uri(), TOKEN);
    agentApi = new JsonApi("gateway", agentSetup.uri(), "");
  }

  /**
   * How it is set up.
   *
   * @param attached whether a broker connects devices, agent and hub
   * @param agentSettings besides ports and names
   * @param hubSettings besides ports and names
   */
  record Manner(
      boolean attached,
      long seed,
      List<String> agentSettings,
      List<String> hubSettings,
      String agentJava,
      String hubJava) {}

  /**
   * Creates one; nothing runs yet.
   *
   * @throws CannotRunException when a port or a folder is not available
   */
  static Town in(Path folder, Path launch, TestBuild build, Disks disks, Manner manner)
      throws CannotRunException {
    try {
      return new Town(folder, launch, build, disks, manner);
    } catch (IOException e) {
      throw CannotRunException.unusable(
          "A proxy cannot listen on 127.0.0.1: %s.".formatted(e.getMessage()));
    }
  }

  /** Starts everything and waits until it is up. */
  void start() throws CannotRunException, InterruptedException {
    startBroker();
    hub.start("");
    agent.start("");
    hub.awaitUp();
    agent.awaitUp();
  }

  Running hub() {
    return hub;
  }

  Running agent() {
    return agent;
  }

  JsonApi hubApi() {
    return hubApi;
  }

  JsonApi agentApi() {
    return agentApi;
  }

  Disks disks() {
    return disks;
  }

  TestBuild build() {
    return build;
  }

  TcpProxy mqtt() {
    return mqtt;
  }

  UdpProxy coap() {
    return coap;
  }

  TcpProxy web() {
    return web;
  }

  /** The path between agent and hub, or agent and broker. */
  TcpProxy uplink() {
    return uplink;
  }

  BatchMischief mischief() {
    return mischief;
  }

  AgentSetup agentSetup() {
    return agentSetup;
  }

  Path agentData() {
    return agentSetup.data();
  }

  /** The agent's own ports, without a proxy. */
  AgentSetup.Doors doors() {
    return agentSetup.doors();
  }

  URI mqttUri() {
    return URI.create("mqtt://127.0.0.1:" + mqtt.port());
  }

  URI coapUri() {
    return URI.create("coap://127.0.0.1:" + coap.port());
  }

  URI webUri() {
    return URI.create("http://127.0.0.1:" + web.port());
  }

  boolean hasBroker() {
    return brokerSetup != null;
  }

  void freezeBroker() throws CannotRunException, InterruptedException {
    if (broker != null) {
      broker.freeze();
    }
  }

  void thawBroker() throws CannotRunException, InterruptedException {
    if (broker != null) {
      broker.thaw();
    }
  }

  /**
   * Stops it in good order, because a killed Mosquitto loses what it acknowledged
   * (docs/attached.md).
   */
  void stopBroker() throws InterruptedException {
    if (broker != null) {
      broker.stop(GRACE);
    }
  }

  void startBroker() throws CannotRunException {
    if (brokerSetup != null) {
      broker = brokerSetup.start();
    }
  }

  /** Another agent with this setup. */
  Running runningAgent(String name, AgentSetup setup) {
    return new Running(
        name,
        more -> setup.start(build.options("agent", more)),
        setup.uri().resolve("/api/ledger"),
        "",
        START_WITHIN,
        http);
  }

  /** One figure of the agent's ledger. */
  long agentFigure(String figure) throws CannotRunException, InterruptedException {
    return agentApi.get("/api/ledger").path(figure).asLong(-1);
  }

  /** What the hub reports as shed by the gateway, by device. */
  JsonNode gatewayAtHub() throws CannotRunException, InterruptedException {
    return hubApi.get("/api/v1/gateways/" + GATEWAY + "/ledger");
  }

  /** Waits until the hub has everything the agent has; false on a timeout. */
  boolean awaitEmptyQueue(Duration patience) throws InterruptedException {
    return await(patience, () -> queued(agentApi) == 0);
  }

  /** The same, except for at most {@code most} of the newest events. */
  boolean awaitQueueBelow(int most, Duration patience) throws InterruptedException {
    return await(
        patience,
        () -> {
          long queued = queued(agentApi);
          return queued >= 0 && queued < most;
        });
  }

  /** Waits until the hub's history has everything the hub applied; false on a timeout. */
  boolean awaitHistory(Duration patience) throws InterruptedException {
    return await(
        patience,
        () -> {
          try {
            JsonNode behind = hubApi.get("/api/v1/history");
            return behind.path("waiting").asLong(-1) == 0
                && behind.path("rebuilding").asLong(-1) == 0;
          } catch (CannotRunException e) {
            return false;
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
          }
        });
  }

  /** How many events wait at an agent; -1 while it does not answer. */
  static long queued(JsonApi agent) {
    try {
      return agent.get("/api/ledger").path("queued").asLong(-1);
    } catch (CannotRunException e) {
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  static boolean await(Duration patience, BooleanSupplier condition) throws InterruptedException {
    long since = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - since > patience.toNanos()) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    return true;
  }

  /** Restores all paths and stops tampering with batches. */
  void heal() {
    List.of(mqtt, web, uplink).forEach(TcpProxy::heal);
    coap.heal();
    mischief.stop();
    disks.heal();
  }

  @Override
  public void close() {
    agent.close();
    hub.close();
    if (broker != null) {
      broker.close();
    }
    List.of(mqtt, web, uplink).forEach(TcpProxy::close);
    coap.close();
    agentApi.close();
    hubApi.close();
    http.shutdownNow();
  }
}
