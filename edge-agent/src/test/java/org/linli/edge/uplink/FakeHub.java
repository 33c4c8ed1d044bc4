package org.linli.edge.uplink;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import io.vertx.mqtt.messages.MqttPublishMessage;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import io.vertx.mqtt.messages.codes.MqttSubAckReasonCode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linli.event.Batch;
import org.linli.event.Digest;
import org.linli.event.EquipmentReport;
import org.linli.event.EventId;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.event.UplinkProperties;
import org.linli.event.UplinkTopics;
import org.linli.event.codec.BatchCodec;
import org.linli.event.codec.EquipmentReportCodec;
import org.linli.event.codec.ReceiptCodec;

/**
 * A hub as far as a gateway can see one: a real MQTT 5 endpoint with watermarks in memory, which
 * loses receipts, rejects, forgets, holds still or goes away as the test wants. Only that part is
 * fake; it shares nothing with the hub's own code.
 */
final class FakeHub implements AutoCloseable {

  private static final UplinkTopics TOPICS = new UplinkTopics(new GatewayId("gateway-1"));

  /** What docs/protocol.md has a gateway say of its dead letters. */
  private static final List<String> DEAD_LETTERS =
      List.of(
          "dead-letters", "dead-letters-in-all", "dead-letter-newest", "dead-letter-newest-reason");

  private static final long HEARD_BY_THEN_MILLIS = 50;

  private final Vertx vertx = Vertx.vertx();
  private final Map<Lane, Mark> marks = new EnumMap<>(Lane.class);
  private final List<Batch> heard = new ArrayList<>();
  private final List<String> applied = new ArrayList<>();
  private final List<String> statuses = new CopyOnWriteArrayList<>();
  private final List<EquipmentReport> reports = new CopyOnWriteArrayList<>();
  private final List<Instant> sentAt = new CopyOnWriteArrayList<>();
  private final List<List<String>> deadLetters = new CopyOnWriteArrayList<>();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final List<String> troubles = new CopyOnWriteArrayList<>();
  private final List<Long> waitingBehind = new CopyOnWriteArrayList<>();
  private final Set<String> instances = new CopyOnWriteArraySet<>();
  private final List<Batch> held = new ArrayList<>();
  private Optional<MqttServer> server = Optional.empty();
  private Optional<Line> connection = Optional.empty();
  private Optional<Lane> rejected = Optional.empty();
  private int port;
  private int receiptsToLose;
  private boolean unreadable;
  private boolean refusing;
  private boolean holding;
  private boolean hangingUp;
  private boolean answered;
  private boolean acknowledging = true;
  private volatile int attempts;

  private record Line(MqttEndpoint endpoint, Context loop) {}

  private record Mark(long epoch, long sequence, Digest digest) {
    static final Mark NONE = new Mark(0, 0, Digest.NONE);
  }

  /** Listens, on the same port every time. */
  void open() {
    MqttServer opened =
        MqttServer.create(vertx, new MqttServerOptions().setHost("127.0.0.1").setPort(port))
            .endpointHandler(this::connect);
    port = opened.listen().toCompletionStage().toCompletableFuture().join().actualPort();
    server = Optional.of(opened);
  }

  /** Stops listening and cuts the connection, without a word. */
  void goAway() {
    server.ifPresent(
        open -> {
          open.close().toCompletionStage().toCompletableFuture().join();
        });
    server = Optional.empty();
  }

  HubAddress address() {
    return new HubAddress(URI.create("mqtt://127.0.0.1:" + port));
  }

  synchronized void refuse(boolean isRefusing) {
    refusing = isRefusing;
  }

  int attempts() {
    return attempts;
  }

  synchronized void loseReceipts(int count) {
    receiptsToLose = count;
  }

  synchronized void reject(Optional<Lane> lane) {
    rejected = lane;
  }

  /** While true no batch is anything that it could read. */
  synchronized void cannotRead(boolean isUnreadable) {
    unreadable = isUnreadable;
  }

  synchronized void forget() {
    marks.clear();
  }

  synchronized void know(Lane lane, long epoch, long sequence) {
    marks.put(lane, new Mark(epoch, sequence, Digest.NONE));
  }

  /** While false it neither hears nor acknowledges a batch: a link that only seems to stand. */
  synchronized void acknowledge(boolean isAcknowledging) {
    acknowledging = isAcknowledging;
  }

  /** Answers one batch on each connection, and ends it when the gateway has heard the receipt. */
  synchronized void hangUpAfterReceipts() {
    hangingUp = true;
  }

  /** Neither applies nor answers until {@link #release}. */
  synchronized void hold() {
    holding = true;
  }

  synchronized void release() {
    holding = false;
    held.forEach(this::answer);
    held.clear();
  }

  /** Lets somebody else connect in its place. */
  synchronized void takeOver() {
    connected(
        endpoint ->
            endpoint.disconnect(
                MqttDisconnectReasonCode.SESSION_TAKEN_OVER, MqttProperties.NO_PROPERTIES));
  }

  /**
   * Does something with the connection, on its own event loop: that holds the socket's lock when it
   * asks for this hub's, so whoever holds this hub's must not ask for the socket's.
   */
  private void connected(Consumer<MqttEndpoint> action) {
    connection.ifPresent(line -> connected(line, action));
  }

  private static void connected(Line line, Consumer<MqttEndpoint> action) {
    line.loop()
        .runOnContext(
            _ -> {
              if (line.endpoint().isConnected()) {
                action.accept(line.endpoint());
              }
            });
  }

  /** What was said of threads that failed, in order. */
  List<String> failures() {
    return failures;
  }

  /** What was said of troubles with each message, in order; empty where nothing was. */
  List<String> troubles() {
    return troubles;
  }

  /** What was said of dead letters with each message, in order. */
  List<List<String>> deadLetters() {
    return deadLetters;
  }

  /** What was reported of the registry, in order. */
  List<EquipmentReport> reports() {
    return reports;
  }

  /** Says this on {@code down}. */
  synchronized void tell(byte[] registry) {
    connected(
        endpoint ->
            endpoint.publish(
                TOPICS.down(), Buffer.buffer(registry), MqttQoS.AT_LEAST_ONCE, false, false));
  }

  /** What those that came online called themselves. */
  Set<String> instances() {
    return instances;
  }

  /** When everything was sent, by the gateway's clock. */
  List<Instant> sentAt() {
    return sentAt;
  }

  /** How many events of its lane waited behind each batch, in the order in which they came. */
  List<Long> waitingBehind() {
    return waitingBehind;
  }

  /** Every batch in the order in which it came, repeats included. */
  synchronized List<Batch> heard() {
    return List.copyOf(heard);
  }

  /** The ids of the events applied, in order, each as often as it was applied. */
  synchronized List<String> applied() {
    return List.copyOf(applied);
  }

  List<String> statuses() {
    return statuses;
  }

  private synchronized void connect(MqttEndpoint endpoint) {
    attempts++;
    if (refusing) {
      endpoint.reject(MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5);
      return;
    }
    answered = false;
    connection = Optional.of(new Line(endpoint, vertx.getOrCreateContext()));
    endpoint.subscribeHandler(
        message ->
            endpoint.subscribeAcknowledge(
                message.messageId(),
                message.topicSubscriptions().stream()
                    .map(topic -> MqttSubAckReasonCode.GRANTED_QOS1)
                    .toList(),
                MqttProperties.NO_PROPERTIES));
    endpoint.publishHandler(message -> hear(endpoint, message));
    AtomicBoolean saidGoodbye = new AtomicBoolean();
    endpoint.disconnectHandler(message -> saidGoodbye.set(true));
    endpoint.closeHandler(
        closed -> {
          if (!saidGoodbye.get()) {
            statuses.add("will " + endpoint.will().getWillMessage());
          }
        });
    endpoint.accept(false);
  }

  private static Stream<String> said(MqttPublishMessage message, String key) {
    return message
        .properties()
        .getProperties(MqttProperties.MqttPropertyType.USER_PROPERTY.value())
        .stream()
        .map(property -> (MqttProperties.StringPair) property.value())
        .filter(pair -> pair.key.equals(key))
        .map(pair -> pair.value);
  }

  private synchronized void hear(MqttEndpoint endpoint, MqttPublishMessage message) {
    Optional<Lane> lane = TOPICS.lane(message.topicName());
    said(message, UplinkProperties.SENT_AT)
        .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)))
        .forEach(sentAt::add);
    said(message, UplinkProperties.FAILED).forEach(failures::add);
    troubles.add(said(message, UplinkProperties.TROUBLE).collect(Collectors.joining(";")));
    deadLetters.add(
        DEAD_LETTERS.stream()
            .flatMap(key -> said(message, key).map(value -> key + "=" + value))
            .toList());
    said(message, UplinkProperties.WAITING).map(Long::valueOf).forEach(waitingBehind::add);
    if (lane.isPresent() && !acknowledging) {
      return;
    }
    if (lane.isPresent()) {
      if (BatchCodec.decode(message.payload().getBytes())
          instanceof BatchCodec.Decoded.Read(Batch batch)) {
        heard.add(batch);
        if (holding) {
          held.add(batch);
        } else {
          answer(batch);
        }
      }
    } else if (message.topicName().equals(TOPICS.equipment())) {
      if (EquipmentReportCodec.decode(message.payload().getBytes())
          instanceof EquipmentReportCodec.Decoded.Read(EquipmentReport report)) {
        reports.add(report);
      }
    } else if (message.topicName().equals(TOPICS.status())) {
      statuses.add(message.payload().toString());
      said(message, UplinkProperties.INSTANCE).forEach(instances::add);
      if (message.payload().toString().equals("online")) {
        for (Lane each : Lane.values()) {
          Mark mark = marks.getOrDefault(each, Mark.NONE);
          send(new Receipt.Applied(mark.epoch(), each, mark.sequence(), mark.digest()));
        }
      }
    }
    endpoint.publishAcknowledge(message.messageId());
  }

  private void answer(Batch batch) {
    if (hangingUp && answered) {
      return;
    }
    answered = true;
    Mark mark = marks.getOrDefault(batch.lane(), Mark.NONE);
    if (batch.epoch() > mark.epoch()) {
      mark = new Mark(batch.epoch(), 0, Digest.NONE);
    }
    if (unreadable) {
      send(
          new Receipt.Rejected(
              0, batch.lane(), 0, Receipt.RejectionReason.UNREADABLE, "no zstd frame"));
      return;
    }
    if (rejected.equals(Optional.of(batch.lane()))) {
      send(
          new Receipt.Rejected(
              batch.epoch(),
              batch.lane(),
              batch.first(),
              Receipt.RejectionReason.OTHER_DIGEST,
              "as the test wants it"));
      return;
    }
    if (batch.first() == mark.sequence() + 1 && batch.before().equals(mark.digest())) {
      mark = new Mark(batch.epoch(), batch.last(), batch.digest());
      marks.put(batch.lane(), mark);
      batch.events().stream()
          .flatMap(taken -> taken.event().givenId().stream())
          .map(EventId::value)
          .forEach(applied::add);
    } else if (batch.last() > mark.sequence()) {
      send(new Receipt.Expected(batch.epoch(), batch.lane(), mark.sequence() + 1));
      return;
    }
    if (receiptsToLose > 0) {
      receiptsToLose--;
    } else {
      send(new Receipt.Applied(mark.epoch(), batch.lane(), mark.sequence(), mark.digest()));
    }
    if (hangingUp) {
      connection.ifPresent(
          line -> vertx.setTimer(HEARD_BY_THEN_MILLIS, _ -> connected(line, MqttEndpoint::close)));
    }
  }

  /** Says something of its own accord. */
  synchronized void say(Receipt receipt) {
    send(receipt);
  }

  private void send(Receipt receipt) {
    connected(
        endpoint ->
            endpoint.publish(
                TOPICS.receipt(),
                Buffer.buffer(ReceiptCodec.encode(receipt)),
                MqttQoS.AT_LEAST_ONCE,
                false,
                false));
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
