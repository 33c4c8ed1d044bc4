package org.linli.edge.intake.broker;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Intake;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.MessageAnswer;
import org.linli.edge.intake.Origin;

/**
 * Messages of one connection that wait for the disk, oldest first.
 *
 * <pre>
 *   broker ──▶ client's thread: arrived() ──▶ intake ──▶ … disk
 *                                                          │ answered()
 *   broker ◀── PUBACK ◀── door's thread: nextAnswered() ◀──┘  in the order of arrival
 * </pre>
 *
 * <p>Receive Maximum limits messages of QoS 1, and a limit in bytes all messages. At the limit in
 * bytes the client's thread waits, and with it the socket. It waits for at most {@link #PATIENCE},
 * because it also reads the answers to keep-alive.
 */
final class PendingMessages {

  /** Shorter than the keep-alive, so that the connection ends for this reason. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final int MOST_WAITING_BYTES = 1 << 20;

  /** What a message costs besides its payload. */
  private static final int OVERHEAD = 512;

  private final String where;
  private final LargeMessages large;
  private final Intake intake;
  private final InstantSource clock;
  private final Runnable answered;
  private final Queue<BrokerReply> waiting = new ConcurrentLinkedQueue<>();
  private final Semaphore room = new Semaphore(MOST_WAITING_BYTES);
  private volatile boolean closed;

  /** Messages that were or are being handed in; changed by the client's thread only. */
  private volatile long handedIn;

  private volatile boolean isHandingIn;

  /** For the door's thread only. */
  private long seen;

  /**
   * After one message was not kept, none behind it may be: the broker sends all of them again, in
   * order.
   */
  private volatile boolean broken;

  /**
   * @param where the broker, as the beginning of each message's source
   * @param large made those fit that were too large
   * @param answered called from any thread when there may be something to acknowledge; must not
   *     block
   */
  PendingMessages(
      String where, LargeMessages large, Intake intake, InstantSource clock, Runnable answered) {
    this.large = large;
    this.where = where;
    this.intake = intake;
    this.clock = clock;
    this.answered = answered;
  }

  /**
   * Starts processing a message. Called by the client's own thread, one at a time.
   *
   * @return false when there was no room within {@link #PATIENCE}; nothing more is accepted then
   */
  boolean arrived(String topic, MqttMessage message) throws InterruptedException {
    if (closed) {
      return true;
    }
    handedIn = handedIn + 1;
    isHandingIn = true;
    try {
      return handIn(topic, message);
    } finally {
      isHandingIn = false;
    }
  }

  /**
   * Whether the client's thread is idle, or is handing in another message than at the last call.
   */
  boolean goesOn() {
    long before = seen;
    seen = handedIn;
    return !isHandingIn || seen != before;
  }

  private boolean handIn(String topic, MqttMessage message) throws InterruptedException {
    BrokerReply delivery = new BrokerReply(this, message);
    if (!room.tryAcquire(cost(delivery), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      close();
      return false;
    }
    waiting.add(delivery);
    LargeMessages.Done done = large.done(message);
    Message arrived = message(topic, message, delivery);
    if (done != null) {
      arrived =
          (done.fits() ? arrived : arrived.refusedAs(large.tooLarge(done))).cutFrom(done.size());
    }
    intake.accept(arrived.with(message.isRetained() ? Origin.RETAINED : Origin.BROKER, null));
    return true;
  }

  private Message message(String topic, MqttMessage message, BrokerReply delivery) {
    return topic.length() > Address.LONGEST_TOPIC
        ? Message.unreadable(
            where, message.getPayload(), clock.instant(), Address.tooLong(topic), delivery)
        : new Message(
            where + "/" + topic,
            Address.published(topic, ""),
            message.getPayload(),
            clock.instant(),
            delivery);
  }

  /** A message was not kept; from any thread. */
  void broken() {
    broken = true;
  }

  boolean isBroken() {
    return broken;
  }

  /** Called from any thread, once for each delivery. */
  void answered(BrokerReply delivery) {
    room.release(cost(delivery));
    answered.run();
  }

  /** Removes and returns the oldest message if it is answered; null if it is not. */
  @Nullable BrokerReply nextAnswered() {
    BrokerReply next = waiting.peek();
    MessageAnswer answer = next == null ? null : next.answer();
    return answer == null ? null : waiting.poll();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Messages that come from now on are left with the broker. */
  void close() {
    closed = true;
  }

  private static int cost(BrokerReply delivery) {
    return Math.min(delivery.size() + OVERHEAD, MOST_WAITING_BYTES);
  }
}
