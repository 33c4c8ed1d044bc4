package org.linli.edge.intake.broker;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Intake;
import org.linli.edge.intake.MessageAnswer;
import org.linli.edge.intake.broker.BrokerConnection.Shortcoming;
import org.linli.program.log.RateLimitedLog;
import org.linli.program.mqtt.PahoConnection;
import org.linli.program.retry.BackOff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the broker, from its subscription to its end. It acknowledges in the order of
 * arrival the messages that are on disk. It closes the connection at the first message of QoS 1
 * that was not kept, so that the broker sends it again (MQTT 5 section 4.4).
 */
final class Attachment implements PahoConnection.Callback {

  private static final Logger log = LoggerFactory.getLogger(Attachment.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);
  private static final Duration FAREWELL_WAIT = Duration.ofSeconds(2);

  /** Between two signs of life. */
  private static final long BEAT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final BrokerSettings settings;
  private final CurrentBrokerState standing;
  private final BackOff refusals;
  private final LongAdder dropped;
  private final PendingMessages pending;
  private final BlockingQueue<BrokerSignal> signals = new LinkedBlockingQueue<>();
  private final AtomicBoolean answersDue = new AtomicBoolean();
  private List<String> ungranted;
  private String lastTrouble = "";

  /** What other threads report. */
  private sealed interface BrokerSignal {
    record Answered() implements BrokerSignal {}

    record Disconnected(String why) implements BrokerSignal {}

    record Stop() implements BrokerSignal {}
  }

  /** How the connection ended. */
  sealed interface Ending {

    /** The connection broke. */
    record Lost(String why) implements Ending {}

    /** A message was not kept, and the broker has to send it again. */
    record GivenUp(String why) implements Ending {}

    /** The gateway stops. */
    record Stopped() implements Ending {}
  }

  /**
   * @param refusals pauses before a topic is asked for again
   * @param dropped counts messages at QoS 0 that the disk did not take
   */
  Attachment(
      BrokerSettings settings,
      LargeMessages large,
      Intake intake,
      InstantSource clock,
      CurrentBrokerState standing,
      BackOff refusals,
      LongAdder dropped) {
    this.settings = settings;
    this.standing = standing;
    this.refusals = refusals;
    this.dropped = dropped;
    this.ungranted = settings.topics();
    this.pending = new PendingMessages(settings.where(), large, intake, clock, this::answered);
  }

  @Override
  public void arrived(String topic, MqttMessage message) throws InterruptedException {
    if (!pending.arrived(topic, message)) {
      lost("the disk took none of what waits for " + PendingMessages.PATIENCE.toSeconds() + " s");
    }
  }

  @Override
  public void lost(String why) {
    signals.add(new BrokerSignal.Disconnected(why));
  }

  private void answered() {
    if (answersDue.compareAndSet(false, true)) {
      signals.add(new BrokerSignal.Answered());
    }
  }

  /** The gateway stops; from any thread. */
  void stop() {
    signals.add(new BrokerSignal.Stop());
  }

  /**
   * Serves until the connection ends or has to be closed. When the gateway stops, messages that
   * were handed in by then are acknowledged if the disk takes them within two seconds.
   *
   * @param alive called every few seconds, except while the client's thread hangs
   */
  Ending serve(BrokerConnection connection, Runnable alive)
      throws MqttException, InterruptedException {
    try {
      long due = System.nanoTime();
      while (true) {
        if (pending.goesOn()) {
          alive.run();
        }
        if (!ungranted.isEmpty() && System.nanoTime() - due >= 0) {
          subscribe(connection);
          due = System.nanoTime() + refusals.next().toNanos();
        }
        long left = ungranted.isEmpty() ? BEAT_NANOS : due - System.nanoTime();
        Ending ending = await(connection, Math.min(left, BEAT_NANOS));
        if (ending instanceof Ending.Stopped) {
          finish(connection);
        }
        if (ending != null) {
          return ending;
        }
      }
    } finally {
      pending.close();
    }
  }

  /** Null if the connection stays open. */
  private @Nullable Ending await(BrokerConnection connection, long nanos)
      throws MqttException, InterruptedException {
    return switch (signals.poll(nanos, TimeUnit.NANOSECONDS)) {
      case null -> null;
      case BrokerSignal.Disconnected(String why) -> new Ending.Lost(why);
      case BrokerSignal.Stop() -> new Ending.Stopped();
      case BrokerSignal.Answered() -> {
        answersDue.set(false);
        yield acknowledge(connection);
      }
    };
  }

  /** Null if the connection stays open. */
  private @Nullable Ending acknowledge(BrokerConnection connection) throws MqttException {
    for (BrokerReply next = pending.nextAnswered(); next != null; next = pending.nextAnswered()) {
      if (next.answer() instanceof MessageAnswer.Unavailable(String why)) {
        if (next.qos() > 0) {
          return new Ending.GivenUp(why);
        }
        dropped.increment();
      } else {
        connection.acknowledge(next);
      }
    }
    return null;
  }

  /** Hands in no more messages, and acknowledges those that were handed in. */
  private void finish(BrokerConnection connection) throws MqttException, InterruptedException {
    pending.close();
    long until = System.nanoTime() + FAREWELL_WAIT.toNanos();
    Ending ending = acknowledge(connection);
    while (ending == null && !pending.isEmpty() && System.nanoTime() - until < 0) {
      ending = await(connection, until - System.nanoTime());
    }
  }

  private void subscribe(BrokerConnection connection) throws MqttException {
    List<Shortcoming> shortcomings = connection.subscribe(ungranted);
    ungranted =
        shortcomings.stream().filter(Shortcoming::isRefusal).map(Shortcoming::topic).toList();
    shortcomings.stream()
        .filter(shortcoming -> !shortcoming.isRefusal())
        .forEach(
            weak ->
                limited
                    .atWarn("weak " + weak.topic() + " at " + settings.where())
                    .addKeyValue("broker", settings.where())
                    .addKeyValue("topic", weak.topic())
                    .log(
                        "The broker grants QoS {} instead of 1: what comes while the connection"
                            + " breaks or the disk refuses is lost",
                        weak.code()));
    String problem =
        shortcomings.stream()
            .filter(Shortcoming::isRefusal)
            .findFirst()
            .map(this::refusal)
            .orElse(null);
    if (problem != null && !problem.equals(lastTrouble)) {
      limited.atError(problem).log("{}", problem);
    }
    lastTrouble = problem == null ? "" : problem;
    standing.attached(problem);
  }

  private String refusal(Shortcoming refused) {
    return "The broker at %s refuses the subscription to %s (%s): let this gateway's user read it there, or change linli.broker.topics"
        .formatted(settings.where(), refused.topic(), reason(refused.code()));
  }

  /** Names of the reason codes: MQTT 5 section 3.9.3. */
  private static String reason(int code) {
    String words =
        switch (code) {
          case 0x83 -> "implementation specific error";
          case 0x87 -> "not authorized";
          case 0x8F -> "topic filter invalid";
          case 0x97 -> "quota exceeded";
          case 0x9E -> "shared subscriptions not supported";
          case 0xA2 -> "wildcard subscriptions not supported";
          default -> "unspecified error";
        };
    return "0x%02X, %s".formatted(code, words);
  }
}
