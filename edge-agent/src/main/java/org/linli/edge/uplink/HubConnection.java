package org.linli.edge.uplink;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.jspecify.annotations.Nullable;
import org.linli.edge.outbox.DeadLetterCount;
import org.linli.edge.outbox.Forgotten;
import org.linli.event.GatewayTrouble;
import org.linli.event.Lane;
import org.linli.event.UplinkProperties;
import org.linli.event.UplinkTopics;
import org.linli.event.codec.GatewayRegistryCodec;
import org.linli.event.codec.ReceiptCodec;
import org.linli.program.mqtt.MqttAccount;
import org.linli.program.mqtt.PahoConnection;
import org.linli.program.mqtt.PahoSockets;
import org.linli.program.thread.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One MQTT 5 connection to the hub or to the broker in between. It keeps no state beyond its life,
 * because the outbox has everything. The client's callbacks only put signals into a queue.
 */
final class HubConnection implements HubSender, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HubConnection.class);
  private static final Duration FAREWELL_WAIT = Duration.ofSeconds(2);

  /** The largest message of the hub: a registry, with its topic and properties. */
  private static final int LARGEST_PACKET = GatewayRegistryCodec.MAX_BYTES + 64 * 1024;

  private static final int AT_LEAST_ONCE = 1;
  private static final byte[] ONLINE = "online".getBytes(StandardCharsets.UTF_8);
  private static final byte[] OFFLINE = "offline".getBytes(StandardCharsets.UTF_8);

  private final UplinkTopics topics;
  private final Signals signals;
  private final String instance;
  private final InstantSource clock;
  private final Supplier<DeadLetterCount> deadLetters;
  private final Supplier<@Nullable Failure> failed;
  private final Supplier<Forgotten> forgotten;
  private final Supplier<Map<GatewayTrouble, Instant>> troubles;
  private final PahoConnection connection;

  /**
   * Connects and subscribes.
   *
   * @param hub its address
   * @param instance identifies this run of the agent
   * @param deadLetters how many there are, sent with every message
   * @param failed which of the program's threads failed last, sent with every message; null for
   *     none
   * @param forgotten which devices were forgotten for lack of room, sent with every message
   * @param troubles the current problems of this gateway, since when, sent with every message
   * @throws RefusedByHubException when the hub refuses this gateway
   * @throws MqttException when the hub cannot be reached
   */
  HubConnection(
      URI hub,
      UplinkTopics topics,
      UplinkSettings settings,
      Signals signals,
      String instance,
      Supplier<DeadLetterCount> deadLetters,
      Supplier<@Nullable Failure> failed,
      Supplier<Forgotten> forgotten,
      Supplier<Map<GatewayTrouble, Instant>> troubles,
      InstantSource clock)
      throws MqttException {
    this.topics = topics;
    this.instance = instance;
    this.clock = clock;
    this.deadLetters = deadLetters;
    this.failed = failed;
    this.forgotten = forgotten;
    this.troubles = troubles;
    this.signals = signals;
    try {
      connection =
          new PahoConnection(
              new MqttAccount(hub, topics.gateway().value(), settings.user(), settings.password()),
              session(settings),
              new PahoSockets(LARGEST_PACKET, "the largest registry and 64 KB"),
              PahoConnection.Acknowledgement.BY_CLIENT,
              new Reporting());
      int[] _ =
          connection.subscribe(
              List.of(
                  new MqttSubscription(topics.receipt(), AT_LEAST_ONCE),
                  new MqttSubscription(topics.down(), AT_LEAST_ONCE)));
    } catch (MqttException e) {
      throw e.getReasonCode() == MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED
          ? new RefusedByHubException(e)
          : e;
    }
  }

  private MqttConnectionOptions session(UplinkSettings settings) {
    MqttConnectionOptions session = new MqttConnectionOptions();
    session.setCleanStart(true);
    session.setKeepAliveInterval(Math.toIntExact(settings.keepAlive().toSeconds()));
    session.setWill(topics.status(), new MqttMessage(OFFLINE, AT_LEAST_ONCE, true, null));
    return session;
  }

  @Override
  public void announce() throws MqttException {
    MqttProperties properties = new MqttProperties();
    List<UserProperty> said = saidWithEverything();
    said.add(new UserProperty(UplinkProperties.INSTANCE, instance));
    properties.setUserProperties(said);
    publish(topics.status(), ONLINE, true, properties);
  }

  @Override
  public LaneWindow.Delivery send(Lane lane, byte[] batch, Backlog behind) throws MqttException {
    List<UserProperty> said = saidWithEverything();
    said.add(new UserProperty(UplinkProperties.WAITING, Long.toString(behind.events())));
    if (behind.since() != null) {
      said.add(
          new UserProperty(
              UplinkProperties.WAITING_SINCE, Long.toString(behind.since().toEpochMilli())));
    }
    MqttProperties properties = new MqttProperties();
    properties.setUserProperties(said);
    return publish(topics.up(lane), batch, false, properties)::isComplete;
  }

  @Override
  public void report(byte[] equipment) throws MqttException {
    MqttProperties properties = new MqttProperties();
    properties.setUserProperties(saidWithEverything());
    publish(topics.equipment(), equipment, false, properties);
  }

  private IMqttToken publish(
      String topic, byte[] payload, boolean retained, MqttProperties properties)
      throws MqttException {
    return connection.publish(
        topic, new MqttMessage(payload, AT_LEAST_ONCE, retained, properties), null);
  }

  private List<UserProperty> saidWithEverything() {
    List<UserProperty> said = new ArrayList<>();
    said.add(number(UplinkProperties.SENT_AT, clock.millis()));
    DeadLetterCount letters = deadLetters.get();
    said.add(number(UplinkProperties.DEAD_LETTERS, letters.kept()));
    said.add(number(UplinkProperties.DEAD_LETTERS_IN_ALL, letters.inAll()));
    if (letters.newestAt() != null && letters.newestReason() != null) {
      said.add(number(UplinkProperties.DEAD_LETTER_NEWEST, letters.newestAt().toEpochMilli()));
      said.add(
          new UserProperty(
              UplinkProperties.DEAD_LETTER_NEWEST_REASON, letters.newestReason().wireName()));
    }
    Forgotten devices = forgotten.get();
    if (devices.since() != null) {
      said.add(
          new UserProperty(
              UplinkProperties.DEVICES_FORGOTTEN,
              devices.since().toEpochMilli() + " " + devices.devices()));
    }
    Failure failure = failed.get();
    if (failure != null) {
      said.add(
          new UserProperty(
              UplinkProperties.FAILED,
              "%d %s %s"
                  .formatted(failure.at().toEpochMilli(), failure.thread(), failure.cause())));
    }
    Map<GatewayTrouble, Instant> wrong = troubles.get();
    if (!wrong.isEmpty()) {
      said.add(
          new UserProperty(
              UplinkProperties.TROUBLE,
              wrong.entrySet().stream()
                  .map(one -> one.getKey().wireName() + " " + one.getValue().toEpochMilli())
                  .collect(Collectors.joining(","))));
    }
    return said;
  }

  private static UserProperty number(String key, long number) {
    return new UserProperty(key, Long.toString(number));
  }

  /** Publishes that this gateway is offline, if that is still possible, and disconnects. */
  @Override
  public void close() {
    try {
      publish(topics.status(), OFFLINE, true, new MqttProperties())
          .waitForCompletion(FAREWELL_WAIT.toMillis());
    } catch (MqttException lost) {
      log.atDebug().setCause(lost).log("Left without saying so; the will says it");
    } finally {
      connection.close();
    }
  }

  /** Never blocks, because the client's own threads wait for it. */
  private final class Reporting implements PahoConnection.Callback {

    @Override
    public void arrived(String topic, MqttMessage message) {
      if (topic.equals(topics.receipt())) {
        signals.add(
            switch (ReceiptCodec.decode(message.getPayload())) {
              case ReceiptCodec.Decoded.Read(var receipt) -> new HubSignal.ReceiptReceived(receipt);
              case ReceiptCodec.Decoded.Refused(String detail) ->
                  new HubSignal.Lost("it sent a receipt that cannot be read: " + detail);
            });
      } else if (topic.equals(topics.down())) {
        signals.add(new HubSignal.RegistryReceived(message.getPayload()));
      }
    }

    @Override
    public void lost(String why) {
      signals.add(new HubSignal.Lost(why));
    }

    @Override
    public void takenOver() {
      signals.add(new HubSignal.TakenOver());
    }
  }
}
