package org.linli.hub.gateway.endpoint;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.messages.MqttPublishMessage;
import io.vertx.mqtt.messages.MqttSubscribeMessage;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import io.vertx.mqtt.messages.codes.MqttSubAckReasonCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.event.UplinkTopics;
import org.linli.event.codec.ReceiptCodec;
import org.linli.hub.gateway.ByteBudget;
import org.linli.hub.gateway.entrance.BatchEntrance;
import org.linli.hub.gateway.entrance.GatewayMessage;
import org.linli.hub.gateway.entrance.GatewayWork;
import org.linli.hub.gateway.entrance.GatewayWork.Portion;
import org.linli.hub.gateway.entrance.UserProperties;
import org.linli.hub.gateway.entrance.WorkSort;
import org.linli.program.log.RateLimitedLog;
import org.linli.program.thread.LivingThread;
import org.linli.program.thread.LivingThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One gateway's connection. The event loop only sorts incoming messages; a thread of the session
 * does the work. It takes the greeting first, then urgent batches before bulk ones, each lane in
 * its order, and several waiting batches of a lane together. A batch is acknowledged after it was
 * processed, so Receive Maximum holds back a gateway that sends faster than the hub applies.
 */
class GatewaySession {

  private static final Logger log = LoggerFactory.getLogger(GatewaySession.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  private final MqttEndpoint endpoint;

  /** Kept here, because the endpoint no longer returns it once it is closed. */
  private final SocketAddress from;

  private final UplinkTopics topics;
  private final BatchEntrance entrance;
  private final int inFlight;
  private final GatewayWork<GatewayMessage> work;
  private final LivingThreads threads;
  private final ConflatedWork runner;
  private volatile boolean saidOnline;

  /** Held while the hub is informed that the gateway is online or offline. */
  private final ReentrantLock saying = new ReentrantLock();

  /**
   * When the gateway fell silent, by {@link System#nanoTime}, although the hub reports it as
   * online; empty if the hub does not. Used on the event loop only.
   */
  private OptionalLong silentSince = OptionalLong.empty();

  GatewaySession(
      MqttEndpoint endpoint,
      GatewayId gateway,
      BatchEntrance entrance,
      LivingThreads threads,
      ConflatedWork runner,
      int inFlight,
      ByteBudget waiting) {
    this.work = new GatewayWork<>(waiting, GatewayMessage::bytes);
    this.endpoint = endpoint;
    this.from = endpoint.remoteAddress();
    this.topics = new UplinkTopics(gateway);
    this.entrance = entrance;
    this.inFlight = inFlight;
    this.threads = threads;
    this.runner = runner;
  }

  /** Registers the handlers. Called on the event loop, before the connection is accepted. */
  void listen() {
    endpoint.publishHandler(this::heard);
    endpoint.subscribeHandler(this::subscribe);
    endpoint.exceptionHandler(this::broken);
  }

  /**
   * Begins to process messages once the session before this one has ended its turn. Otherwise a
   * gateway could be told a watermark that still moves afterwards.
   */
  void start() {
    runner.begin(
        () -> threads.start(LivingThreads.Make.VIRTUAL, entrance.guard(gateway()), this::workOff));
  }

  GatewayId gateway() {
    return topics.gateway();
  }

  /** Returns whether this connection reported its gateway as online. */
  boolean saidOnline() {
    return saidOnline;
  }

  /**
   * Notes that this connection took over from another one, which may have reported the gateway as
   * online.
   */
  void standsInFor(GatewaySession older, long now) {
    silentSince = older.saidOnline ? OptionalLong.of(now) : older.silentSince;
  }

  /** Returns whether the hub reports the gateway as online although this connection did not. */
  boolean isSilent() {
    return silentSince.isPresent() && !saidOnline;
  }

  /** Returns whether this state has lasted for at least this long. */
  boolean isSilentFor(Duration time, long now) {
    return isSilent() && now - silentSince.getAsLong() >= time.toNanos();
  }

  /** Notes that the hub no longer reports the gateway as online. */
  void isKnownToBeSilent() {
    silentSince = OptionalLong.empty();
  }

  /**
   * Runs the action unless this connection reported its gateway as online; it cannot do so while
   * the action runs.
   */
  void unlessOnline(Runnable action) {
    saying.lock();
    try {
      if (!saidOnline) {
        action.run();
      }
    } finally {
      saying.unlock();
    }
  }

  private void workOff(LivingThread own) {
    work.workOff(own, new Hands());
    runner.ended();
  }

  private final class Hands implements GatewayWork.Hands<GatewayMessage> {

    @Override
    public boolean work(WorkSort sort, List<GatewayMessage> messages) {
      boolean done =
          switch (sort) {
            case STATUS -> status(messages.getFirst());
            case REPORT -> report(messages.getFirst());
            case URGENT -> process(Lane.URGENT, messages);
            case BULK -> process(Lane.BULK, messages);
          };
      if (done) {
        messages.forEach(GatewaySession.this::acknowledge);
      }
      return done;
    }

    /**
     * Nothing to retry: the gateway reconnects, greets again, and sends again what has no receipt.
     */
    @Override
    public void undone(Portion<GatewayMessage> portion) {
      limited
          .atWarn("undone " + gateway())
          .addKeyValue("gateway", gateway())
          .addKeyValue("what", portion.sort())
          .log("Closed a gateway's connection: what it sent could not be worked off now");
      work.drop(portion);
      end(MqttDisconnectReasonCode.SERVER_BUSY);
    }
  }

  private void heard(MqttPublishMessage message) {
    Optional<WorkSort> sort = WorkSort.of(topics, message.topicName());
    if (message.qosLevel() == MqttQoS.EXACTLY_ONCE) {
      end(MqttDisconnectReasonCode.QOS_NOT_SUPPORTED);
    } else if (work.size() >= inFlight) {
      end(MqttDisconnectReasonCode.RECEIVE_MAXIMUM_EXCEEDED);
    } else if (sort.isPresent()) {
      if (!work.add(sort.get(), GatewayMessage.of(message))) {
        limited
            .atWarn(gateway().value())
            .addKeyValue("gateway", gateway())
            .addKeyValue("bytes", message.payload().length())
            .log("Closed a gateway's connection: too much waits at the hub; it sends it again");
        end(MqttDisconnectReasonCode.SERVER_BUSY);
      }
    } else {
      limited
          .atWarn("topic " + gateway())
          .addKeyValue("gateway", gateway())
          .addKeyValue("topic", message.topicName())
          .log("Closed a gateway's connection: it published to a topic that is not its own");
      end(MqttDisconnectReasonCode.NOT_AUTHORIZED);
    }
  }

  private boolean status(GatewayMessage message) {
    if (message.says("online")) {
      saying.lock();
      try {
        saidOnline = true;
        greet(message.said());
      } finally {
        saying.unlock();
      }
    }
    return true;
  }

  private void greet(UserProperties said) {
    entrance.noteClock(gateway(), said.sentAt());
    entrance.noteDeadLetters(gateway(), said.deadLetters());
    entrance.noteTroublesAnew(gateway(), said);
    entrance.online(gateway(), said.instance(), this::send, this::down);
    entrance.noteFailed(gateway(), said.failed());
  }

  private boolean report(GatewayMessage message) {
    UserProperties said = message.said();
    entrance.noteClock(gateway(), said.sentAt());
    entrance.noteDeadLetters(gateway(), said.deadLetters());
    entrance.noteTroubles(gateway(), said);
    entrance.reported(gateway(), message.payload(), this::down);
    return true;
  }

  private boolean process(Lane lane, List<GatewayMessage> messages) {
    // The newest message waited the least, so its time is closest to the gateway's present time.
    UserProperties newest = messages.getLast().said();
    entrance.noteClock(gateway(), newest.sentAt());
    entrance.noteDeadLetters(gateway(), newest.deadLetters());
    entrance.noteTroubles(gateway(), newest);
    entrance.noteBacklog(gateway(), lane, newest.backlog());
    entrance.noteFailed(gateway(), newest.failed());
    return entrance.process(
        gateway(), lane, messages.stream().map(GatewayMessage::payload).toList(), this::send);
  }

  private void acknowledge(GatewayMessage message) {
    if (message.qos() == MqttQoS.AT_LEAST_ONCE.value()) {
      whileConnected(() -> endpoint.publishAcknowledge(message.id()));
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
    limited
        .atWarn("broken " + gateway())
        .addKeyValue("gateway", gateway())
        .addKeyValue("cause", cause.toString())
        .log("Closed a gateway's connection: it sent something that is not MQTT 5 or too large");
    end(MqttDisconnectReasonCode.MALFORMED_PACKET);
  }

  /** Returns the address of the other side. */
  SocketAddress from() {
    return from;
  }

  /** Sends the reason code and closes the connection. */
  void end(MqttDisconnectReasonCode reason) {
    whileConnected(() -> endpoint.disconnect(reason, MqttProperties.NO_PROPERTIES));
  }

  /**
   * Called after the connection closed: finishes what is being processed and discards what waits.
   * It interrupts nothing, because a commit may be under way that other gateways share.
   */
  void closed() {
    work.close();
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
