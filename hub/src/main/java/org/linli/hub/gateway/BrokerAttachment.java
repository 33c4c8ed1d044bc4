package org.linli.hub.gateway;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.event.ReceiptCodec;
import org.linli.event.UplinkTopics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The hub as a client of somebody's MQTT 5 broker, in place of its own endpoint. It subscribes at
 * QoS 1 and acknowledges a batch after it was processed; the broker keeps its session, so what
 * comes while the hub is away, or was not acknowledged, comes again. One thread does the work, in
 * the order of arrival.
 *
 * <p>When the broker is away it is tried again after 1 s, doubling to 30 s. When a batch cannot be
 * applied the connection is given up and made again by the same rule.
 */
class BrokerAttachment implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(BrokerAttachment.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final GatewaySettings settings;
  private final URI broker;
  private final BatchEntrance entrance;
  private final Set<GatewayId> online = new HashSet<>();
  private @Nullable Thread worker;

  BrokerAttachment(GatewaySettings settings, URI broker, BatchEntrance entrance) {
    this.settings = settings;
    this.broker = broker;
    this.entrance = entrance;
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    try {
      while (true) {
        try (BrokerConnection connection = new BrokerConnection(broker, settings)) {
          log.atInfo().addKeyValue("broker", broker).log("Attached to the broker for gateways");
          if (serve(connection)) {
            pause = FIRST_PAUSE;
          }
        } catch (MqttException e) {
          log.atWarn()
              .addKeyValue("broker", broker)
              .addKeyValue("cause", e.toString())
              .log("The broker for gateways cannot be used now (linli.gateway.broker)");
        }
        TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** Until the connection or a batch is lost; true when at least one batch was processed. */
  private boolean serve(BrokerConnection connection) throws MqttException, InterruptedException {
    boolean processed = false;
    while (true) {
      switch (connection.next()) {
        case BrokerConnection.Signal.Lost(String cause) -> {
          log.atWarn()
              .addKeyValue("broker", broker)
              .addKeyValue("cause", cause)
              .log("Lost the broker for gateways");
          return processed;
        }
        case BrokerConnection.Signal.Message(String topic, MqttMessage message) -> {
          if (!heard(connection, topic, message)) {
            return processed;
          }
          connection.acknowledge(message);
          processed = true;
        }
      }
    }
  }

  private boolean heard(BrokerConnection connection, String topic, MqttMessage message) {
    Optional<UplinkTopics> topics = UplinkTopics.of(topic);
    if (topics.isEmpty() || !entrance.admits(topics.get().gateway())) {
      return true;
    }
    GatewayId gateway = topics.get().gateway();
    UserProperties said = UserProperties.of(message);
    entrance.noteClock(gateway, said.sentAt());
    entrance.noteDeadLetters(gateway, said.deadLetters());
    Optional<Lane> lane = topics.get().lane(topic);
    if (lane.isPresent()) {
      entrance.noteBacklog(gateway, lane.get(), said.backlog());
      return entrance.process(
          gateway,
          lane.get(),
          List.of(message.getPayload()),
          receipt -> send(connection, gateway, receipt));
    }
    if (topic.equals(topics.get().equipment())) {
      entrance.reported(
          gateway, message.getPayload(), registry -> down(connection, gateway, registry));
      return true;
    }
    if (!topic.equals(topics.get().status())) {
      return true;
    }
    if (new String(message.getPayload(), StandardCharsets.UTF_8).equals("online")) {
      online.add(gateway);
      entrance.online(
          gateway,
          said.instance(),
          receipt -> send(connection, gateway, receipt),
          registry -> down(connection, gateway, registry));
    } else if (online.remove(gateway)) {
      entrance.offline(gateway);
    }
    return true;
  }

  private void send(BrokerConnection connection, GatewayId gateway, Receipt receipt) {
    try {
      connection.publish(new UplinkTopics(gateway).receipt(), ReceiptCodec.encode(receipt));
    } catch (MqttException lost) {
      log.atWarn()
          .addKeyValue("gateway", gateway)
          .addKeyValue("cause", lost.toString())
          .log("A receipt could not be sent; the gateway sends the batch again and is told then");
    }
  }

  private void down(BrokerConnection connection, GatewayId gateway, byte[] registry) {
    try {
      connection.publish(new UplinkTopics(gateway).down(), registry);
    } catch (MqttException lost) {
      log.atWarn()
          .addKeyValue("gateway", gateway)
          .addKeyValue("cause", lost.toString())
          .log("The registry could not be sent; the gateway is told when it comes online again");
    }
  }

  @Override
  public void start() {
    worker = Thread.ofPlatform().name("broker-attachment").start(this::run);
  }

  @Override
  public void stop() {
    Thread running = worker;
    if (running != null) {
      running.interrupt();
      try {
        running.join(LONGEST_PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      worker = null;
    }
  }

  @Override
  public boolean isRunning() {
    return worker != null;
  }

  /** Last to start and first to stop: after the routes that take its batches. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE - 1;
  }
}
