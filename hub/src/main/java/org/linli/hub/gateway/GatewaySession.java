package org.linli.hub.gateway;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.messages.MqttPublishMessage;
import io.vertx.mqtt.messages.MqttSubscribeMessage;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import io.vertx.mqtt.messages.codes.MqttSubAckReasonCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.event.ReceiptCodec;
import org.linli.event.UplinkTopics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One gateway's connection. The event loop only sorts what comes in; a thread of the session's own
 * does the work: the greeting first, then urgent batches before bulk ones, each lane in its order,
 * and what waits of a lane together. A batch is acknowledged after it was processed, so a gateway
 * that sends faster than the hub applies is held back by its Receive Maximum.
 */
class GatewaySession {

  private static final Logger log = LoggerFactory.getLogger(GatewaySession.class);

  /** Batches of one lane that are handed on together. */
  private static final int MOST_TOGETHER = 8;

  private final MqttEndpoint endpoint;
  private final UplinkTopics topics;
  private final BatchEntrance entrance;
  private final int inFlight;
  private final PriorityBlockingQueue<Work> waiting = new PriorityBlockingQueue<>();
  private final Semaphore available = new Semaphore(0);
  private final AtomicLong arrivals = new AtomicLong();
  private final Thread worker;
  private @Nullable Thread fence;
  private volatile boolean saidOnline;
  private volatile boolean closed;

  /** Something to do; lower ranks first, within a rank in the order of arrival. */
  private record Work(int rank, long arrival, MqttPublishMessage message)
      implements Comparable<Work> {
    static final int GREETING = 0;
    static final int FIRST_LANE = 1;
    static final int REPORT = FIRST_LANE + Lane.values().length;

    @Override
    public int compareTo(Work other) {
      return rank != other.rank
          ? Integer.compare(rank, other.rank)
          : Long.compare(arrival, other.arrival);
    }
  }

  GatewaySession(MqttEndpoint endpoint, GatewayId gateway, BatchEntrance entrance, int inFlight) {
    this.endpoint = endpoint;
    this.topics = new UplinkTopics(gateway);
    this.entrance = entrance;
    this.inFlight = inFlight;
    this.worker = Thread.ofVirtual().name("gateway-" + gateway).unstarted(this::work);
  }

  /** Called on the event loop, before the connection is accepted. */
  void listen() {
    endpoint.publishHandler(this::heard);
    endpoint.subscribeHandler(this::subscribe);
    endpoint.exceptionHandler(this::broken);
  }

  /**
   * Begins to work off what is heard, once the session that this one takes over has ended what it
   * was doing: otherwise a gateway could be told a watermark that moves behind its back.
   *
   * @param older null where there is none
   */
  void start(@Nullable GatewaySession older) {
    fence = older == null ? null : older.worker;
    worker.start();
  }

  GatewayId gateway() {
    return topics.gateway();
  }

  /** Whether it told the hub that it is online. */
  boolean saidOnline() {
    return saidOnline;
  }

  private void work() {
    waitForOlder();
    available.acquireUninterruptibly();
    while (!closed) {
      Work next = Objects.requireNonNull(waiting.poll());
      if (next.rank() == Work.GREETING) {
        status(next.message());
      } else if (next.rank() == Work.REPORT) {
        report(next.message());
      } else {
        process(Lane.values()[next.rank() - Work.FIRST_LANE], together(next));
      }
      available.acquireUninterruptibly();
    }
  }

  private void waitForOlder() {
    Thread older = fence;
    fence = null;
    while (older != null && older.isAlive()) {
      try {
        older.join();
      } catch (InterruptedException nobodyMeansThis) {
        log.atDebug().addKeyValue("gateway", gateway()).log("Woken while waiting; waiting on");
      }
    }
  }

  /** With it, what waits of the same lane; only this thread takes any away. */
  private List<MqttPublishMessage> together(Work first) {
    List<MqttPublishMessage> together = new ArrayList<>();
    together.add(first.message());
    for (Work next = waiting.peek();
        next != null
            && next.rank() == first.rank()
            && together.size() < MOST_TOGETHER
            && available.tryAcquire();
        next = waiting.peek()) {
      waiting.remove(next);
      together.add(next.message());
    }
    return together;
  }

  private void heard(MqttPublishMessage message) {
    Optional<Lane> lane = topics.lane(message.topicName());
    if (message.qosLevel() == MqttQoS.EXACTLY_ONCE) {
      end(MqttDisconnectReasonCode.QOS_NOT_SUPPORTED);
    } else if (waiting.size() >= inFlight) {
      end(MqttDisconnectReasonCode.RECEIVE_MAXIMUM_EXCEEDED);
    } else if (lane.isPresent()) {
      enqueue(Work.FIRST_LANE + lane.get().ordinal(), message);
    } else if (message.topicName().equals(topics.status())) {
      enqueue(Work.GREETING, message);
    } else if (message.topicName().equals(topics.equipment())) {
      enqueue(Work.REPORT, message);
    } else {
      log.atWarn()
          .addKeyValue("gateway", gateway())
          .addKeyValue("topic", message.topicName())
          .log("Closed a gateway's connection: it published to a topic that is not its own");
      end(MqttDisconnectReasonCode.NOT_AUTHORIZED);
    }
  }

  private void enqueue(int rank, MqttPublishMessage message) {
    waiting.add(new Work(rank, arrivals.getAndIncrement(), message));
    available.release();
  }

  private void status(MqttPublishMessage message) {
    if (message.payload().toString().equals("online")) {
      saidOnline = true;
      UserProperties said = UserProperties.of(message.properties());
      entrance.noteClock(gateway(), said.sentAt());
      entrance.noteDeadLetters(gateway(), said.deadLetters());
      entrance.online(gateway(), said.instance(), this::send, this::down);
    }
    acknowledge(message);
  }

  private void report(MqttPublishMessage message) {
    UserProperties said = UserProperties.of(message.properties());
    entrance.noteClock(gateway(), said.sentAt());
    entrance.noteDeadLetters(gateway(), said.deadLetters());
    entrance.reported(gateway(), message.payload().getBytes(), this::down);
    acknowledge(message);
  }

  private void process(Lane lane, List<MqttPublishMessage> messages) {
    // The newest of them waited the least, and so says best what time it is there.
    UserProperties newest = UserProperties.of(messages.getLast().properties());
    entrance.noteClock(gateway(), newest.sentAt());
    entrance.noteDeadLetters(gateway(), newest.deadLetters());
    entrance.noteBacklog(gateway(), lane, newest.backlog());
    List<byte[]> payloads = messages.stream().map(message -> message.payload().getBytes()).toList();
    if (entrance.process(gateway(), lane, payloads, this::send)) {
      messages.forEach(this::acknowledge);
    } else {
      end(MqttDisconnectReasonCode.SERVER_BUSY);
    }
  }

  private void acknowledge(MqttPublishMessage message) {
    if (message.qosLevel() == MqttQoS.AT_LEAST_ONCE) {
      whileConnected(() -> endpoint.publishAcknowledge(message.messageId()));
    }
  }

  private void send(Receipt receipt) {
    publish(topics.receipt(), ReceiptCodec.encode(receipt));
  }

  private void down(byte[] registry) {
    publish(topics.down(), registry);
  }

  private void publish(String topic, byte[] payload) {
    whileConnected(
        () ->
            endpoint
                .publish(topic, Buffer.buffer(payload), MqttQoS.AT_LEAST_ONCE, false, false)
                .onFailure(
                    lost ->
                        log.atDebug()
                            .addKeyValue("topic", topic)
                            .setCause(lost)
                            .log("A message was lost; the gateway learns it when it is back")));
  }

  private void subscribe(MqttSubscribeMessage message) {
    List<String> own = List.of(topics.receipt(), topics.down());
    List<MqttSubAckReasonCode> answers =
        message.topicSubscriptions().stream()
            .map(
                subscription ->
                    own.contains(subscription.topicName())
                        ? MqttSubAckReasonCode.GRANTED_QOS1
                        : MqttSubAckReasonCode.NOT_AUTHORIZED)
            .toList();
    endpoint.subscribeAcknowledge(message.messageId(), answers, MqttProperties.NO_PROPERTIES);
  }

  private void broken(Throwable cause) {
    log.atWarn()
        .addKeyValue("gateway", gateway())
        .addKeyValue("cause", cause.toString())
        .log("Closed a gateway's connection: it sent something that is not MQTT 5 or too large");
    end(MqttDisconnectReasonCode.MALFORMED_PACKET);
  }

  /** Says why and closes. */
  void end(MqttDisconnectReasonCode reason) {
    whileConnected(() -> endpoint.disconnect(reason, MqttProperties.NO_PROPERTIES));
  }

  /**
   * After the connection closed: finishes what is being processed, forgets what waits. Interrupts
   * nothing, because a commit may be under way that other gateways share.
   */
  void closed() {
    closed = true;
    available.release();
  }

  private void whileConnected(Runnable action) {
    if (endpoint.isConnected()) {
      try {
        action.run();
      } catch (IllegalArgumentException | IllegalStateException closedMeanwhile) {
        log.atDebug().addKeyValue("gateway", gateway()).log("The connection closed meanwhile");
      }
    }
  }
}
