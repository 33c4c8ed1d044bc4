package org.linli.edge.intake.mqtt;

import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.linli.edge.command.Commands;
import org.linli.edge.intake.CannotListenException;
import org.linli.edge.intake.ConnectionListener;
import org.linli.edge.intake.DeviceSessions;
import org.linli.edge.intake.DoorMemory;
import org.linli.edge.intake.Intake;
import org.linli.edge.intake.LifeSearch;
import org.linli.edge.intake.ListenAddress;
import org.linli.edge.intake.LoopbackRule;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Origin;
import org.linli.edge.intake.Refusals;
import org.linli.edge.intake.mqtt.access.Clients;
import org.linli.program.thread.Guard;
import org.linli.program.thread.Heartbeat;
import org.linli.program.thread.LivingThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The MQTT 3.1.1 and 5 server for devices, which publish on {@code linli/{kind}/{deviceId}}. It
 * uses Netty's sockets and MQTT codec. The protocol handling is our own, because acknowledging and
 * further reading must wait for our disk.
 */
@Component
public final class MqttDoor implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(MqttDoor.class);

  /** An event loop reports at this interval, and counts as hung after {@link #LONGEST_SILENCE}. */
  private static final long BEAT_MILLIS = 1_000;

  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(15);

  private static final Duration FAREWELL_WAIT = Duration.ofSeconds(1);

  private static final long WILLS_TICK_MILLIS = 250;

  /** One connection before its CONNECT is allowed for this many clients. */
  private static final int PENDING_SHARE = 5;

  private static final int FEWEST_PENDING = 64;

  private final MqttSettings settings;
  private final LoopbackRule loopbackRule;
  private final DoorMemory memory;
  private final ConnectedClients connected;
  private final CommandSubscribers subscribers = new CommandSubscribers();
  private final Wills wills;
  private final ConnectionLifecycle lifecycle;
  private final AcceptedClients clients;
  private final Guard willsGuard;
  private final LivingThreads threads;
  private final List<Heartbeat> heartbeats = new CopyOnWriteArrayList<>();
  private volatile @Nullable NettyServer server;
  private volatile int port;

  public MqttDoor(
      MqttSettings settings,
      LoopbackRule loopbackRule,
      Intake intake,
      DeviceSessions sessions,
      Commands commands,
      ConnectionListener listener,
      DoorMemory memory,
      InstantSource clock,
      LivingThreads threads,
      Refusals refusals,
      LifeSearch search) {
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
    this.loopbackRule = loopbackRule;
    connected =
        new ConnectedClients(new Places(settings.maxConnections(memory), System::nanoTime, clock));
    wills =
        new Wills(
            (will, reply) ->
                intake.accept(
                    new Message(
                            will.source(), will.address(), will.payload(), clock.instant(), reply)
                        .with(Origin.WILL, null)),
            System::nanoTime,
            memory.willBytes(),
            connected::isConnected);
    commands.onChange(subscribers::changed);
    lifecycle =
        new ConnectionLifecycle(
            settings,
            sessions,
            Clients.of(settings.clientsFile(), threads),
            connected,
            wills,
            listener,
            refusals);
    clients = new AcceptedClients(settings, intake, clock, sessions, commands, subscribers, search);
  }

  /** The port it listens on, also if the settings left the choice to the system. */
  public int port() {
    return port;
  }

  /** The clients that are in. */
  ConnectedClients connected() {
    return connected;
  }

  CommandSubscribers subscribers() {
    return subscribers;
  }

  @Override
  public void start() {
    ListenAddress listener =
        new ListenAddress(
            "MQTT for devices",
            settings.address(),
            settings.port(),
            "linli.mqtt.address",
            "linli.mqtt.port");
    loopbackRule.check(listener);
    NettyServer opened = new NettyServer(settings.eventLoops());
    server = opened;
    try {
      port = listen(opened);
    } catch (IOException failed) {
      stop();
      throw CannotListenException.at(listener, failed);
    }
    opened.every(WILLS_TICK_MILLIS, () -> willsGuard.run(wills::publishDue));
    log.info("MQTT for devices listens on {}:{}", settings.address(), port);
  }

  private int listen(NettyServer opened) throws IOException {
    Map<EventExecutor, LoopShare> shares = new HashMap<>();
    for (EventExecutor loop : opened.loops()) {
      Heartbeat heartbeat = threads.heartbeat("mqtt-loop", LONGEST_SILENCE);
      heartbeats.add(heartbeat);
      var _ =
          loop.scheduleWithFixedDelay(
              heartbeat::beat, BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
      shares.put(loop, share());
    }
    return opened.listen(
        settings.address(),
        settings.port(),
        loop -> new NettySocket(socket -> open(socket, Objects.requireNonNull(shares.get(loop)))));
  }

  @Override
  public void stop() {
    NettyServer open = server;
    server = null;
    if (open != null) {
      threads.farewell().end("MQTT for devices", FAREWELL_WAIT, () -> close(open));
    }
  }

  private void close(NettyServer open) {
    connected.shutDown();
    open.close();
    heartbeats.forEach(Heartbeat::close);
    heartbeats.clear();
    connected.clear();
    wills.drop();
  }

  @Override
  public boolean isRunning() {
    return server != null;
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
        new PendingConnections(
            Math.max(FEWEST_PENDING, connected.places().most() / PENDING_SHARE) / loops),
        new LargePackets(System::nanoTime),
        new DueAnswers());
  }

  /** Creates a connection, adds its handlers to the socket and starts its deadline. */
  MqttConnection open(ClientSocket socket, LoopShare share) {
    MqttConnection connection = new MqttConnection(settings, lifecycle, clients, socket, share);
    connection.open();
    return connection;
  }
}
