package org.linli.hub.gateway.broker;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.linli.event.GatewayId;
import org.linli.event.UplinkTopics;
import org.linli.hub.gateway.ByteBudget;
import org.linli.hub.gateway.HubMemory;
import org.linli.hub.gateway.entrance.BatchEntrance;
import org.linli.hub.gateway.entrance.GatewayMessage;
import org.linli.hub.gateway.entrance.GatewaySettings;
import org.linli.hub.gateway.entrance.WorkSort;
import org.linli.program.log.RateLimitedLog;
import org.linli.program.mqtt.PahoConnection;
import org.linli.program.retry.BackOff;
import org.linli.program.thread.LivingThread;
import org.linli.program.thread.LivingThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Connects the hub as a client to an existing MQTT 5 broker, instead of running its own endpoint.
 * It subscribes at QoS 1, and a {@link BrokerGateway} for each gateway processes that gateway's
 * messages. The broker keeps the session, so messages sent while the hub is away arrive later. When
 * the broker is away, the hub retries after 1 s, doubling to 30 s. The pause starts again at 1 s
 * after a connection that received something and lasted longer than 10 s.
 */
public class BrokerAttachment implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(BrokerAttachment.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** If the broker ends each connection before this, the hub connects less and less often. */
  private static final Duration LASTED = Duration.ofSeconds(10);

  /** Connecting and disconnecting take less. */
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);

  private static final Duration SIGN = Duration.ofSeconds(5);
  private static final int LARGEST_RECEIVE_MAXIMUM = 65_535;

  private final GatewaySettings settings;
  private final URI broker;
  private final BatchEntrance entrance;
  private final LivingThreads threads;
  private final ByteBudget waiting;

  /** Bytes of messages that nothing has processed yet. */
  private final long unheard;

  private final Map<GatewayId, BrokerGateway> gateways = new ConcurrentHashMap<>();
  private volatile @Nullable BrokerConnection current;
  private volatile @Nullable LivingThread attaching;

  public BrokerAttachment(
      GatewaySettings settings,
      URI broker,
      BatchEntrance entrance,
      LivingThreads threads,
      HubMemory memory) {
    this.waiting = new ByteBudget(memory.waiting());
    this.unheard = memory.unheard();
    this.settings = settings;
    this.broker = broker;
    this.entrance = entrance;
    this.threads = threads;
  }

  private void run(LivingThread own) throws InterruptedException {
    BackOff pauses = BackOff.doubling(FIRST_PAUSE, LONGEST_PAUSE);
    while (!own.isEnding()) {
      long began = System.nanoTime();
      try {
        if (visit(own) && System.nanoTime() - began > LASTED.toNanos()) {
          pauses.reset();
        }
      } catch (MqttException e) {
        String cause = PahoConnection.why(e);
        limited
            .atWarn("not usable " + broker + ": " + cause)
            .addKeyValue("broker", broker)
            .addKeyValue("cause", cause)
            .log("The broker for gateways cannot be used now (linli.gateway.broker)");
      }
      own.pause(pauses.next());
    }
  }

  /** Runs one connection from beginning to end. Returns true if anything was received on it. */
  private boolean visit(LivingThread own) throws MqttException, InterruptedException {
    try (BrokerConnection connection =
        new BrokerConnection(broker, settings, receiveMaximum(), unheard)) {
      limited
          .atInfo("attached to " + broker)
          .addKeyValue("broker", broker)
          .log("Attached to the broker for gateways");
      own.succeeded();
      current = connection;
      return serve(own, connection);
    } finally {
      BrokerConnection lost = current;
      current = null;
      if (lost != null) {
        gateways.values().forEach(gateway -> gateway.parted(lost));
      }
    }
  }

  /** Leaves room for each gateway's share, so that no gateway waits for another. */
  private int receiveMaximum() {
    return Math.min(
        LARGEST_RECEIVE_MAXIMUM, settings.inFlight() * Math.max(1, entrance.gateways()));
  }

  private boolean serve(LivingThread own, BrokerConnection connection) throws InterruptedException {
    boolean heard = false;
    while (true) {
      own.beat();
      switch (connection.next(SIGN)) {
        case null -> {}
        case BrokerSignals.Signal.Lost(String cause) -> {
          limited
              .atWarn("lost " + broker + ": " + cause)
              .addKeyValue("broker", broker)
              .addKeyValue("cause", cause)
              .log("Lost the broker for gateways");
          return heard;
        }
        case BrokerSignals.Signal.PassedOver(GatewayMessage message) ->
            new BrokerGateway.Heard(connection, message).acknowledge();
        case BrokerSignals.Signal.Message(String topic, GatewayMessage message) -> {
          heard(new BrokerGateway.Heard(connection, message), topic);
          heard = true;
        }
      }
    }
  }

  private void heard(BrokerGateway.Heard message, String topic) {
    Optional<UplinkTopics> topics = UplinkTopics.of(topic);
    if (topics.isEmpty() || !entrance.admits(topics.get().gateway())) {
      message.acknowledge();
      return;
    }
    Optional<WorkSort> sort = WorkSort.of(topics.get(), topic);
    if (sort.isEmpty()) {
      message.acknowledge();
      return;
    }
    gateways
        .computeIfAbsent(topics.get().gateway(), this::gateway)
        .heard(sort.get(), message, settings.inFlight());
  }

  private BrokerGateway gateway(GatewayId gateway) {
    BrokerGateway added = new BrokerGateway(gateway, entrance, () -> current, waiting);
    added.start(threads);
    return added;
  }

  @Override
  public void start() {
    attaching =
        threads.start(LivingThreads.Make.PLATFORM, "broker-attachment", LONGEST_SILENCE, this::run);
  }

  @Override
  public void stop() {
    LivingThread running = attaching;
    if (running == null) {
      return;
    }
    running.interrupt();
    boolean _ = running.join(LONGEST_PAUSE);
    gateways.values().forEach(BrokerGateway::stop);
    gateways.values().forEach(gateway -> gateway.join(LONGEST_PAUSE));
    gateways.clear();
    attaching = null;
  }

  @Override
  public boolean isRunning() {
    return attaching != null;
  }

  /** Starts after the routes that take its batches, and stops before them. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE - 1;
  }
}
