package org.linli.hub.gateway.endpoint;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.linli.event.GatewayId;
import org.linli.hub.gateway.ByteBudget;
import org.linli.hub.gateway.HubMemory;
import org.linli.hub.gateway.entrance.BatchEntrance;
import org.linli.hub.gateway.entrance.GatewaySettings;
import org.linli.hub.gateway.entrance.Takeovers;
import org.linli.program.log.RateLimitedLog;
import org.linli.program.thread.Heartbeat;
import org.linli.program.thread.LivingThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The hub's own MQTT 5 endpoint for gateways. It is not a broker: a gateway may publish to its own
 * topics and receive its own receipts and commands, nothing else. The client id is the gateway's
 * id. A second connection with the same id takes over, and the first is closed with reason code
 * 0x8E (MQTT 5 section 3.1.4). The hub begins to process the second one's messages once the first
 * one's work has ended. If connections of one gateway come too fast, they are refused before any
 * work is done for them ({@link KnownGateway}).
 */
public class GatewayEndpoint implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(GatewayEndpoint.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);
  private static final int MQTT_5 = 5;

  /** The name of Vert.x's own decoder in the pipeline. */
  private static final String DECODER = "mqttDecoder";

  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
  private static final Duration SIGN = Duration.ofSeconds(2);

  /**
   * How long a gateway that took over may take to report that it is online; a real one does so at
   * once.
   */
  private static final Duration GREETING = Duration.ofSeconds(5);

  private final GatewaySettings settings;
  private final BatchEntrance entrance;
  private final LivingThreads threads;
  private final Map<GatewayId, GatewaySession> sessions = new ConcurrentHashMap<>();
  private final ByteBudget unfinished;
  private final ByteBudget unfinishedSmall;
  private final ByteBudget waiting;

  /** Like the fields below, used on the event loop only. */
  private final PendingConnections pending;

  private final Map<SocketAddress, PacketGate> gates = new HashMap<>();
  private final Map<GatewayId, KnownGateway> knownGateways = new HashMap<>();
  private final Takeovers takeovers = new Takeovers(System::nanoTime);
  private @Nullable Vertx vertx;
  private @Nullable Heartbeat heartbeat;
  private volatile int port;

  public GatewayEndpoint(
      GatewaySettings settings, BatchEntrance entrance, LivingThreads threads, HubMemory memory) {
    this.threads = threads;
    this.unfinished = new ByteBudget(memory.unfinished());
    this.unfinishedSmall = new ByteBudget(memory.unfinishedSmall());
    this.waiting = new ByteBudget(memory.waiting());
    this.pending = new PendingConnections(memory.pendingConnections());
    this.settings = settings;
    this.entrance = entrance;
  }

  /** Returns the port it listens on. */
  public int port() {
    return port;
  }

  @Override
  public void start() {
    Vertx started = Vertx.vertx();
    started.exceptionHandler(
        e ->
            limited
                .atError("endpoint")
                .setCause(e)
                .log("The endpoint for gateways failed at something unforeseen"));
    MqttServer server =
        MqttServer.create(
                new WatchedServers(started, this::connected),
                new MqttServerOptions()
                    .setHost(settings.address())
                    .setPort(settings.port())
                    .setMaxMessageSize(Math.toIntExact(settings.maxBatch().toBytes()))
                    .setAutoClientId(false))
            .endpointHandler(this::admit)
            .exceptionHandler(
                e -> log.atDebug().setCause(e).log("A connection broke before it was accepted"));
    try {
      port = server.listen().toCompletionStage().toCompletableFuture().join().actualPort();
    } catch (CompletionException e) {
      stop(started);
      throw new EndpointUnavailableException(
          "The endpoint for gateways cannot listen on %s port %d: %s."
              .formatted(settings.address(), settings.port(), reason(e)),
          e);
    }
    vertx = started;
    Heartbeat loop = threads.heartbeat("gateway-endpoint", LONGEST_SILENCE);
    heartbeat = loop;
    started.setPeriodic(SIGN.toMillis(), _ -> loop.beat());
    if (!new InetSocketAddress(settings.address(), port).getAddress().isLoopbackAddress()) {
      log.atWarn()
          .addKeyValue("address", settings.address())
          .log("The endpoint for gateways speaks plain text on a network (linli.gateway.address)");
    }
    log.atInfo()
        .addKeyValue("address", settings.address())
        .addKeyValue("port", port)
        .log("Listening for gateways");
  }

  private static String reason(CompletionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage());
  }

  private void connected(NetSocketInternal socket) {
    SocketAddress from = socket.remoteAddress();
    PacketGate gate =
        new PacketGate(
            unfinished,
            unfinishedSmall,
            settings.maxBatch().toBytes(),
            why ->
                limited
                    .atWarn(why.replaceAll("[0-9]+", ""))
                    .addKeyValue("from", from)
                    .log("Closed a connection: {}", why));
    socket
        .channelHandlerContext()
        .pipeline()
        .addBefore(DECODER, PacketGate.NAME, gate)
        .addAfter(DECODER, PacketGate.DECODED, gate.decoded());
    gates.put(from, gate);
    socket
        .channelHandlerContext()
        .channel()
        .closeFuture()
        .addListener(
            _ -> {
              pending.left(from);
              gates.remove(from, gate);
            });
    NetSocket tooMany = pending.came(socket);
    if (tooMany != null) {
      pending.left(tooMany.remoteAddress());
      limited
          .atWarn("pending-connections")
          .addKeyValue("from", tooMany.remoteAddress())
          .addKeyValue("waiting", pending.count())
          .log("Closed the oldest of too many connections that are no gateway's yet");
      tooMany.close();
    }
  }

  private void admit(MqttEndpoint endpoint) {
    Optional<GatewayId> id = gatewayId(endpoint.clientIdentifier());
    if (endpoint.protocolVersion() != MQTT_5) {
      endpoint.reject(MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION);
    } else if (id.isEmpty()) {
      endpoint.reject(MqttConnectReturnCode.CONNECTION_REFUSED_CLIENT_IDENTIFIER_NOT_VALID);
    } else if (!entrance.admits(id.get())) {
      endpoint.reject(MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5);
    } else {
      KnownGateway known = knownGateways.computeIfAbsent(id.get(), _ -> new KnownGateway());
      if (known.mayConnect()) {
        accept(endpoint, id.get(), known);
      } else {
        limited
            .atWarn("too often " + id.get())
            .addKeyValue("gateway", id.get())
            .addKeyValue("from", endpoint.remoteAddress())
            .log(
                "Refused a connection of a gateway: they come too fast under its name. Another"
                    + " program uses it, or its line breaks again and again");
        endpoint.reject(MqttConnectReturnCode.CONNECTION_REFUSED_CONNECTION_RATE_EXCEEDED);
      }
    }
  }

  private static Optional<GatewayId> gatewayId(@Nullable String client) {
    try {
      return client == null ? Optional.empty() : Optional.of(new GatewayId(client));
    } catch (IllegalArgumentException impossibleName) {
      return Optional.empty();
    }
  }

  private void accept(MqttEndpoint endpoint, GatewayId gateway, KnownGateway known) {
    pending.left(endpoint.remoteAddress());
    GatewaySession session =
        new GatewaySession(
            endpoint, gateway, entrance, threads, known.work(), settings.inFlight(), waiting);
    PacketGate gate = gates.get(endpoint.remoteAddress());
    if (gate != null) {
      gate.admit(endpoint::isConnected, session::end);
    }
    endpoint.closeHandler(closed -> ended(session, known));
    session.listen();
    GatewaySession older = sessions.put(gateway, session);
    session.start();
    endpoint.accept(false, capabilities());
    if (older != null) {
      limited
          .atWarn("taken over " + gateway)
          .addKeyValue("gateway", gateway)
          .addKeyValue("from", endpoint.remoteAddress())
          .log("A second connection of a gateway took over the first");
      session.standsInFor(older, System.nanoTime());
      older.end(MqttDisconnectReasonCode.SESSION_TAKEN_OVER);
      PacketGate itsGate = gates.get(older.from());
      if (itsGate != null) {
        itsGate.ended();
      }
      older.closed();
      tookOver(session, known, endpoint.remoteAddress());
    }
  }

  /**
   * Handles a takeover. A connection that stays silent does not make its gateway online; the hub
   * then reports the gateway as offline.
   */
  private void tookOver(GatewaySession session, KnownGateway known, SocketAddress from) {
    GatewayId gateway = session.gateway();
    if (takeovers.tooMany(gateway)) {
      entrance.takenOverAgain(gateway, String.valueOf(from.hostAddress()));
    }
    Vertx running = vertx;
    if (session.isSilent() && running != null) {
      running.setTimer(GREETING.toMillis(), _ -> silent(gateway, known));
    }
  }

  private void silent(GatewayId gateway, KnownGateway known) {
    GatewaySession now = sessions.get(gateway);
    if (now != null && now.isSilentFor(GREETING, System.nanoTime())) {
      now.isKnownToBeSilent();
      say(gateway, known, () -> now.unlessOnline(() -> entrance.offline(gateway)));
    }
  }

  /** Runs this on a thread, repeating it until it succeeds. */
  private void say(GatewayId gateway, KnownGateway known, Runnable what) {
    known
        .saying()
        .begin(
            () ->
                threads.start(
                    LivingThreads.Make.VIRTUAL,
                    entrance.guard(gateway),
                    own -> {
                      what.run();
                      known.saying().ended();
                    }));
  }

  private MqttProperties capabilities() {
    MqttProperties properties = new MqttProperties();
    add(properties, MqttPropertyType.RECEIVE_MAXIMUM, settings.inFlight());
    add(
        properties,
        MqttPropertyType.MAXIMUM_PACKET_SIZE,
        Math.toIntExact(settings.maxBatch().toBytes()));
    add(properties, MqttPropertyType.MAXIMUM_QOS, 1);
    add(properties, MqttPropertyType.WILDCARD_SUBSCRIPTION_AVAILABLE, 0);
    add(properties, MqttPropertyType.SHARED_SUBSCRIPTION_AVAILABLE, 0);
    add(properties, MqttPropertyType.SUBSCRIPTION_IDENTIFIER_AVAILABLE, 0);
    return properties;
  }

  private static void add(MqttProperties properties, MqttPropertyType type, int value) {
    properties.add(new IntegerProperty(type.value(), value));
  }

  private void ended(GatewaySession session, KnownGateway known) {
    session.closed();
    if (sessions.remove(session.gateway(), session)
        && (session.saidOnline() || session.isSilent())) {
      say(session.gateway(), known, () -> offline(session.gateway()));
    }
  }

  /** Repeated if it fails, but not if the gateway is back. */
  private void offline(GatewayId gateway) {
    if (!sessions.containsKey(gateway)) {
      entrance.offline(gateway);
    }
  }

  @Override
  public void stop() {
    Vertx running = vertx;
    if (running != null) {
      sessions
          .values()
          .forEach(session -> session.end(MqttDisconnectReasonCode.SERVER_SHUTTING_DOWN));
      Heartbeat loop = heartbeat;
      if (loop != null) {
        loop.close();
      }
      stop(running);
      vertx = null;
    }
  }

  private static void stop(Vertx vertx) {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Override
  public boolean isRunning() {
    return vertx != null;
  }

  /** Starts after the routes that take its batches, and stops before them. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE - 1;
  }
}
