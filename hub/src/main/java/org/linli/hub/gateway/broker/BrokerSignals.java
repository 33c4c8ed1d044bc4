package org.linli.hub.gateway.broker;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.linli.hub.gateway.ByteBudget;
import org.linli.hub.gateway.entrance.GatewayMessage;

/**
 * Queues the signals of a connection to a broker, in order, until its owner takes them. The queued
 * messages have a byte limit; beyond it only what is needed to acknowledge a message is kept. Their
 * number is limited by MQTT's Receive Maximum. Safe for any thread; adding never waits.
 */
final class BrokerSignals {

  private final BlockingQueue<Signal> waiting = new LinkedBlockingQueue<>();
  private final ByteBudget room;

  /** What a connection reports. */
  sealed interface Signal {
    record Message(String topic, GatewayMessage message) implements Signal {

      private long bytes() {
        return message.bytes() + 2L * topic.length();
      }
    }

    /**
     * A message for which there was no room. It has to be acknowledged, because its gateway sends
     * it again.
     */
    record PassedOver(GatewayMessage message) implements Signal {}

    record Lost(String cause) implements Signal {}
  }

  /**
   * @param mostBytes limit for the bytes of messages; a larger message is accepted if it is the
   *     only one
   */
  BrokerSignals(long mostBytes) {
    this.room = new ByteBudget(mostBytes);
  }

  /**
   * @return false if there was no room for it
   */
  boolean arrived(String topic, GatewayMessage message) {
    Signal.Message signal = new Signal.Message(topic, message);
    boolean fits = room.tryTake(signal.bytes());
    waiting.add(fits ? signal : new Signal.PassedOver(message.withoutPayload()));
    return fits;
  }

  void lost(String cause) {
    waiting.add(new Signal.Lost(cause));
  }

  /** Waits for the next signal, at most this long; returns null if there was none. */
  @Nullable Signal next(Duration longest) throws InterruptedException {
    Signal next = waiting.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
    if (next instanceof Signal.Message message) {
      room.give(message.bytes());
    }
    return next;
  }
}
