package org.linli.hub.gateway;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a connection to a broker reports, in order, until its owner takes it. Messages that are not
 * taken yet have so many bytes at most; of more only what acknowledges them is kept. How many there
 * are at a time is for MQTT's Receive Maximum to say. Safe for any thread; adding never waits.
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

    /** One for which there was no room: to be acknowledged, as its gateway sends it again. */
    record PassedOver(GatewayMessage message) implements Signal {}

    record Lost(String cause) implements Signal {}
  }

  /**
   * @param mostBytes of messages; one that is larger is taken where it is the only one
   */
  BrokerSignals(long mostBytes) {
    this.room = new ByteBudget(mostBytes);
  }

  /**
   * @return false where there was no room for it
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

  /** Waits so long for what happens next; null where nothing did. */
  @Nullable Signal next(Duration longest) throws InterruptedException {
    Signal next = waiting.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
    if (next instanceof Signal.Message message) {
      room.give(message.bytes());
    }
    return next;
  }
}
