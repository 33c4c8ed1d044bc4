package org.linli.hub.gateway.broker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
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
 * Holds the messages of one gateway behind a broker, and the thread that processes them. A message
 * is acknowledged after it was processed. A message that cannot be processed now, and those behind
 * it, are acknowledged too and stay here to be retried, so that they take none of the room that the
 * broker has for all gateways together. Nothing is lost by this, because the gateway keeps each
 * batch until its receipt (docs/decisions/0030).
 */
final class BrokerGateway implements GatewayWork.Hands<BrokerGateway.Heard> {

  private static final Logger log = LoggerFactory.getLogger(BrokerGateway.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  private final UplinkTopics topics;
  private final BatchEntrance entrance;
  private final Supplier<@Nullable BrokerConnection> current;
  private final GatewayWork<Heard> work;
  private @Nullable LivingThread worker;

  /** Used by the worker only. */
  private boolean online;

  /** Used by the worker only. */
  private boolean greeted;

  /** Used by the connection's reader only. Reset when nothing waits. */
  private boolean saidPassedOver;

  /** A message and the connection on which it arrived. */
  static final class Heard {
    private final BrokerConnection connection;
    private final GatewayMessage message;
    private final AtomicBoolean acknowledged = new AtomicBoolean();

    Heard(BrokerConnection connection, GatewayMessage message) {
      this.connection = connection;
      this.message = message;
    }

    /**
     * Acknowledges the message on its own connection; called once. If that connection was lost, the
     * message comes again.
     */
    void acknowledge() {
      if (acknowledged.getAndSet(true)) {
        return;
      }
      try {
        connection.acknowledge(message);
      } catch (MqttException lost) {
        log.atDebug().setCause(lost).log("Lost before a message was acknowledged; it comes again");
      }
    }

    private boolean comesAgain(BrokerConnection lost) {
      return connection.equals(lost) && !acknowledged.get();
    }
  }

  /**
   * @param current supplies the present connection; null while there is none
   */
  BrokerGateway(
      GatewayId gateway,
      BatchEntrance entrance,
      Supplier<@Nullable BrokerConnection> current,
      ByteBudget waiting) {
    this.work = new GatewayWork<>(waiting, heard -> heard.message.bytes());
    this.topics = new UplinkTopics(gateway);
    this.entrance = entrance;
    this.current = current;
  }

  void start(LivingThreads threads) {
    worker =
        threads.start(
            LivingThreads.Make.VIRTUAL,
            entrance.guard(topics.gateway()),
            own -> work.workOff(own, this));
  }

  /**
   * Takes a message. If as many messages of its sort already wait, one is dropped, which the
   * gateway will send again: the oldest for a status message, otherwise this one. Used by the
   * connection's reader only; never waits.
   */
  void heard(WorkSort sort, Heard message, int most) {
    if (sort == WorkSort.STATUS
        && !message.message.says("online")
        && !message.message.says("offline")) {
      log.atDebug().addKeyValue("gateway", topics.gateway()).log("Passed over an unknown status");
      message.acknowledge();
      return;
    }
    if (sort == WorkSort.STATUS && message.message.says("online") && !message.message.retained()) {
      // Without this, messages from before would move the watermark after the gateway was told it.
      work.beginAnew().forEach(Heard::acknowledge);
    }
    if (work.size(sort) >= most) {
      sayOnce(most);
      if (sort != WorkSort.STATUS) {
        message.acknowledge();
        return;
      }
      work.forgetOldest(sort).ifPresent(Heard::acknowledge);
    }
    if (work.size() == 0) {
      saidPassedOver = false;
    }
    if (!work.add(sort, message)) {
      sayOnce(most);
      message.acknowledge();
    } else if (work.isFailing(sort)) {
      message.acknowledge();
    }
  }

  private void sayOnce(int most) {
    if (!saidPassedOver) {
      limited
          .atWarn("passed over " + topics.gateway())
          .addKeyValue("gateway", topics.gateway())
          .addKeyValue("waiting", most)
          .log("Passing over what a gateway sends, as too much of it waits; it sends it again");
      saidPassedOver = true;
    }
  }

  /**
   * Handles the loss of a connection. The broker delivers again what was not acknowledged on it.
   */
  void parted(BrokerConnection lost) {
    work.forget(message -> message.comesAgain(lost));
  }

  void stop() {
    work.close();
  }

  void join(Duration longest) {
    LivingThread running = worker;
    if (running != null) {
      boolean _ = running.join(longest);
    }
  }

  @Override
  public boolean work(WorkSort sort, List<Heard> messages) {
    try {
      return switch (sort) {
        case STATUS -> status(messages.getFirst().message);
        case REPORT -> report(messages.getFirst().message);
        case URGENT -> process(Lane.URGENT, messages);
        case BULK -> process(Lane.BULK, messages);
      };
    } finally {
      messages.forEach(Heard::acknowledge);
    }
  }

  @Override
  public void undone(Portion<Heard> portion) {
    work.again(portion).forEach(Heard::acknowledge);
  }

  private boolean status(GatewayMessage message) {
    UserProperties said = message.said();
    if (!message.retained()) {
      // A retained message may have been sent at any time before.
      entrance.noteClock(topics.gateway(), said.sentAt());
    }
    entrance.noteDeadLetters(topics.gateway(), said.deadLetters());
    if (message.says("online")) {
      online = true;
      if (!message.retained()) {
        entrance.noteTroubles(topics.gateway(), said);
      }
      List<Receipt.Applied> statements =
          entrance.online(topics.gateway(), said.instance(), this::send, this::down);
      if (!greeted && message.retained()) {
        // The gateway was connected to an earlier run of the hub, which may have acknowledged
        // batches without applying them.
        statements.forEach(this::callBack);
      }
      greeted = true;
      entrance.noteFailed(topics.gateway(), said.failed());
    } else if (online) {
      entrance.offline(topics.gateway());
      online = false;
    }
    return true;
  }

  private boolean report(GatewayMessage message) {
    UserProperties said = message.said();
    entrance.noteClock(topics.gateway(), said.sentAt());
    entrance.noteDeadLetters(topics.gateway(), said.deadLetters());
    entrance.noteTroubles(topics.gateway(), said);
    entrance.reported(topics.gateway(), message.payload(), this::down);
    return true;
  }

  private boolean process(Lane lane, List<Heard> messages) {
    UserProperties newest = messages.getLast().message.said();
    entrance.noteClock(topics.gateway(), newest.sentAt());
    entrance.noteDeadLetters(topics.gateway(), newest.deadLetters());
    entrance.noteTroubles(topics.gateway(), newest);
    entrance.noteBacklog(topics.gateway(), lane, newest.backlog());
    entrance.noteFailed(topics.gateway(), newest.failed());
    return entrance.process(
        topics.gateway(),
        lane,
        messages.stream().map(heard -> heard.message.payload()).toList(),
        this::send);
  }

  private void callBack(Receipt.Applied applied) {
    send(new Receipt.Expected(applied.epoch(), applied.lane(), applied.sequence() + 1));
  }

  private void send(Receipt receipt) {
    publish(
        topics.receipt(),
        ReceiptCodec.encode(receipt),
        "A receipt could not be sent; the gateway sends the batch again and is told then");
  }

  private void down(byte[] registry) {
    publish(
        topics.down(),
        registry,
        "The registry could not be sent; the gateway is told when it comes online again");
  }

  private void publish(String topic, byte[] payload, String otherwise) {
    try {
      BrokerConnection connection = current.get();
      if (connection != null) {
        connection.publish(topic, payload);
        return;
      }
      limited.atWarn(otherwise).addKeyValue("gateway", topics.gateway()).log(otherwise);
    } catch (MqttException lost) {
      limited
          .atWarn(otherwise)
          .addKeyValue("gateway", topics.gateway())
          .addKeyValue("cause", lost.toString())
          .log(otherwise);
    }
  }
}
