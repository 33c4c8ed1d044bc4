package org.linli.hub.gateway;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.event.ReceiptCodec;
import org.linli.event.UplinkTopics;
import org.linli.hub.gateway.GatewayWork.Portion;
import org.linli.hub.gateway.GatewayWork.Sort;
import org.linli.program.log.RateLimitedLog;
import org.linli.program.thread.LivingThread;
import org.linli.program.thread.LivingThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One gateway behind somebody's broker: what came from it, and the thread that works it off. A
 * message is acknowledged after it was worked at. What could not be done then, and what waits
 * behind it, is acknowledged too and stays here to be tried again, so that it takes none of the
 * room that the broker has for all gateways together. The gateway keeps a batch until its receipt
 * all the while, so that nothing is lost with it (docs/decisions/0030).
 */
final class BrokerGateway implements GatewayWork.Hands<BrokerGateway.Heard> {

  private static final Logger log = LoggerFactory.getLogger(BrokerGateway.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  private final UplinkTopics topics;
  private final BatchEntrance entrance;
  private final Supplier<@Nullable BrokerConnection> current;
  private final GatewayWork<Heard> work;
  private @Nullable LivingThread worker;

  /** For the worker only. */
  private boolean online;

  /** For the worker only. */
  private boolean greeted;

  /** For the connection's reader only; until nothing waits again. */
  private boolean saidPassedOver;

  /** A message, and by which connection it came. */
  static final class Heard {
    private final BrokerConnection connection;
    private final GatewayMessage message;
    private final AtomicBoolean acknowledged = new AtomicBoolean();

    Heard(BrokerConnection connection, GatewayMessage message) {
      this.connection = connection;
      this.message = message;
    }

    /** Once, by its own connection; after that was lost the message comes again. */
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
   * @param current the connection of now; null while there is none
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
   * Takes a message. Where as many of its sort wait already one is passed over, which the gateway
   * sends again by itself: of what it says of itself the oldest, otherwise this one. For the
   * connection's reader only; never waits.
   */
  void heard(Sort sort, Heard message, int most) {
    if (sort == Sort.STATUS
        && !message.message.says("online")
        && !message.message.says("offline")) {
      log.atDebug().addKeyValue("gateway", topics.gateway()).log("Passed over an unknown status");
      message.acknowledge();
      return;
    }
    if (sort == Sort.STATUS && message.message.says("online") && !message.message.retained()) {
      // Otherwise a watermark that it is told would move behind its back.
      work.beginAnew().forEach(Heard::acknowledge);
    }
    if (work.size(sort) >= most) {
      sayOnce(most);
      if (sort != Sort.STATUS) {
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

  /** A connection was lost, by which the broker brings again what was not acknowledged. */
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
  public boolean work(Sort sort, List<Heard> messages) {
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
      // What a broker kept was sent at any time before.
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
        // It talked to a hub that is gone, with what was acknowledged and not applied.
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
