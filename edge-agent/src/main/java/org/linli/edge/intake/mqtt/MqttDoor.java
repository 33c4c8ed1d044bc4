package org.linli.edge.intake.mqtt;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.linli.edge.command.Commands;
import org.linli.edge.intake.CannotListenException;
import org.linli.edge.intake.ConnectionWatch;
import org.linli.edge.intake.DeviceSessions;
import org.linli.edge.intake.DoorMemory;
import org.linli.edge.intake.Intake;
import org.linli.edge.intake.Listener;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Origin;
import org.linli.edge.intake.PlainText;
import org.linli.program.thread.Guard;
import org.linli.program.thread.Heartbeat;
import org.linli.program.thread.LivingThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The MQTT 3.1.1 and 5 server for devices, which publish on {@code linli/{kind}/{deviceId}}. It
 * uses Vert.x sockets with Netty's MQTT codec. The protocol handling is our own, because
 * acknowledging and further reading must wait for our disk.
 */
@Component
public final class MqttDoor implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(MqttDoor.class);
  private static final long PATIENCE_SECONDS = 10;

  /** An event loop reports at this interval, and counts as hung after {@link #LONGEST_SILENCE}. */
  private static final long BEAT_MILLIS = 1_000;

  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(15);

  private static final long WILLS_TICK_MILLIS = 250;

  /** One connection before its CONNECT is allowed for this many clients. */
  private static final int STRANGERS_SHARE = 5;

  private static final int FEWEST_STRANGERS = 64;

  /** Sizes of one read, in bytes: data that was read and cannot be processed at once is held. */
  private static final int SMALLEST_READ = 256;

  private static final int FIRST_READ = 1 << 10;
  private static final int LARGEST_READ = 16 << 10;

  private final MqttSettings settings;
  private final PlainText plainText;
  private final DoorMemory memory;
  private final DoorParts parts;

  private final Guard willsGuard;
  private final LivingThreads threads;
  private final List<Heartbeat> heartbeats = new CopyOnWriteArrayList<>();
  private volatile @Nullable Vertx vertx;
  private volatile int port;

  public MqttDoor(
      MqttSettings settings,
      PlainText plainText,
      Intake intake,
      DeviceSessions sessions,
      Commands commands,
      ConnectionWatch watch,
      DoorMemory memory,
      InstantSource clock,
      LivingThreads threads) {
    this.memory = memory;
    memory.requireBytes(
        "linli.mqtt.max-message-size",
        settings.maxMessageSize().toBytes(),
        memory.heldBytes() / settings.eventLoops());
    memory.requireBytes(
        "linli.mqtt.max-will-size", settings.maxWillSize().toBytes(), memory.willBytes());
    memory.require(
        "linli.mqtt.max-subscriptions",
        settings.maxSubscriptions(),
        memory.subscriptionBytes() / settings.eventLoops() / DoorMemory.MQTT_SUBSCRIPTION);
    this.threads = threads;
    this.willsGuard = threads.guard("mqtt-wills");
    this.settings = settings;
    this.plainText = plainText;
    Clients clients =
        new Clients(
            settings.clientsFile() == null ? null : ClientsFile.read(settings.clientsFile()),
            threads);
    ConnectedClients connected =
        new ConnectedClients(new Places(settings.maxConnections(memory), System::nanoTime, clock));
    Audience audience = new Audience();
    Wills wills =
        new Wills(
            (will, reply) ->
                intake.accept(
                    new Message(
                            will.source(), will.address(), will.payload(), clock.instant(), reply)
                        .with(Origin.WILL, null)),
            System::nanoTime,
            memory.willBytes(),
            connected::isConnected);
    commands.onChange(audience::changed);
    parts =
        new DoorParts(
            settings,
            intake,
            clock,
            sessions,
            commands,
            audience,
            clients,
            connected,
            wills,
            watch,
            new AtomicLong());
  }

  /** The port it listens on, also if the settings left the choice to the system. */
  public int port() {
    return port;
  }

  /** The clients that are in. */
  ConnectedClients connected() {
    return parts.connected();
  }

  Audience audience() {
    return parts.audience();
  }

  @Override
  public void start() {
    Listener listener =
        new Listener(
            "MQTT for devices",
            settings.address(),
            settings.port(),
            "linli.mqtt.address",
            "linli.mqtt.port");
    plainText.check(listener);
    Vertx opened =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(settings.eventLoops())
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1));
    vertx = opened;
    try {
      opened
          .deployVerticle(Ear::new, new DeploymentOptions().setInstances(settings.eventLoops()))
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException failed) {
      stop();
      Throwable cause = failed.getCause();
      throw CannotListenException.at(listener, cause == null ? failed : cause);
    }
    opened.setPeriodic(WILLS_TICK_MILLIS, tick -> willsGuard.run(parts.wills()::publishDue));
    log.info("MQTT for devices listens on {}:{}", settings.address(), port);
  }

  @Override
  public void stop() {
    Vertx open = vertx;
    vertx = null;
    if (open != null) {
      parts.connected().shutDown();
      open.close()
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .exceptionally(late -> null)
          .join();
      heartbeats.forEach(Heartbeat::close);
      heartbeats.clear();
      parts.connected().clear();
      parts.wills().drop();
    }
  }

  @Override
  public boolean isRunning() {
    return vertx != null;
  }

  /** Starts after the routes and stops before them. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 50;
  }

  /** The limits of the connections of one event loop. */
  LoopShare share() {
    int loops = settings.eventLoops();
    return new LoopShare(
        new HeldBytes(memory.heldBytes() / loops),
        new HeldBytes(memory.unreleasedBytes() / loops),
        new HeldBytes(memory.subscriptionBytes() / loops),
        new Strangers(
            Math.max(FEWEST_STRANGERS, parts.connected().places().most() / STRANGERS_SHARE)
                / loops),
        new LargePackets(System::nanoTime),
        new DueAnswers());
  }

  private void welcome(NetSocket accepted, LoopShare share) {
    NetSocketInternal socket = (NetSocketInternal) accepted;
    ChannelConfig config = socket.channelHandlerContext().channel().config();
    config.setWriteBufferWaterMark(UnreadAnswers.MARKS);
    config.setRecvByteBufAllocator(
        new AdaptiveRecvByteBufAllocator(SMALLEST_READ, FIRST_READ, LARGEST_READ));
    MqttConnection connection = open(new SocketLine(socket), share);
    socket.messageHandler(connection::received);
    socket.closeHandler(gone -> connection.ended());
    socket.exceptionHandler(broken -> connection.broke(broken));
  }

  /** Creates a connection, adds its handlers to the socket and starts its deadline. */
  MqttConnection open(Line line, LoopShare share) {
    MqttConnection connection = new MqttConnection(parts, line, share);
    connection.open();
    return connection;
  }

  /** One event loop's server; all share the port. */
  private final class Ear extends VerticleBase {

    @Override
    public Future<?> start() {
      Heartbeat heartbeat = threads.heartbeat("mqtt-loop", LONGEST_SILENCE);
      heartbeats.add(heartbeat);
      vertx.setPeriodic(BEAT_MILLIS, tick -> heartbeat.beat());
      NetServerOptions options = new NetServerOptions().setTcpNoDelay(true);
      LoopShare share = share();
      // With a negative port, Vert.x takes a free one that all event loops share.
      int wanted = settings.port() == 0 ? -1 : settings.port();
      return vertx
          .createNetServer(options)
          .connectHandler(accepted -> welcome(accepted, share))
          .listen(wanted, settings.address())
          .onSuccess(this::opened);
    }

    private void opened(NetServer server) {
      port = server.actualPort();
    }
  }
}
