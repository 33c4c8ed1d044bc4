package org.linli.edge.intake.mqtt;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.linli.edge.intake.ConnectedReply;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wills of clients that have vanished, until they are on disk. At most one waits for each client;
 * one that the disk refuses is tried {@value #TRIES} times, after 1 s, 2 s, 4 s and so on up to a
 * minute. They live in memory: a gateway that stops drops them.
 */
final class Wills {

  private static final Logger log = LoggerFactory.getLogger(Wills.class);
  private static final int TRIES = 10;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Publisher publisher;
  private final LongSupplier nanoTime;
  private final int most;
  private final Predicate<String> isConnected;
  private final Map<String, Pending> pending = new ConcurrentHashMap<>();

  /** Brings a will to the intake. */
  @FunctionalInterface
  interface Publisher {
    void publish(Will will, Reply reply);
  }

  /** A will and when it is to be published, by a clock that only counts. */
  private record Pending(Will will, long due, int tried) {}

  /**
   * @param nanoTime counts nanoseconds and is not set back
   * @param most how many may wait
   */
  Wills(Publisher publisher, LongSupplier nanoTime, int most, Predicate<String> isConnected) {
    this.publisher = publisher;
    this.nanoTime = nanoTime;
    this.most = most;
    this.isConnected = isConnected;
  }

  /**
   * A client is gone without a farewell.
   *
   * @param expiry when its session ends, which publishes the will at the latest
   */
  void left(String client, Will will, Duration expiry) {
    Duration delay = will.delay().compareTo(expiry) < 0 ? will.delay() : expiry;
    if (delay.isZero()) {
      publish(client, will, 1);
    } else {
      hold(client, new Pending(will, nanoTime.getAsLong() + delay.toNanos(), 0));
    }
  }

  /**
   * A client is back. The will that it left is withdrawn; where its session is another one now it
   * is published, because the earlier one is at its end (MQTT 5 section 3.1.3.2.2).
   */
  void back(String client, boolean sameSession) {
    Pending left = pending.remove(client);
    if (left != null && left.tried() == 0 && !sameSession) {
      publish(client, left.will(), 1);
    }
  }

  void publishDue() {
    long now = nanoTime.getAsLong();
    pending.forEach(
        (client, held) -> {
          if (held.due() - now <= 0 && pending.remove(client, held)) {
            publish(client, held.will(), held.tried() + 1);
          }
        });
  }

  void drop() {
    pending.clear();
  }

  private void publish(String client, Will will, int attempt) {
    publisher.publish(will, new Outcome(client, will, attempt));
  }

  private void again(String client, Will will, int tried, String why) {
    if (tried >= TRIES || isConnected.test(client)) {
      log.atWarn()
          .addKeyValue("source", will.source())
          .addKeyValue("why", why)
          .log("A will is given up");
      return;
    }
    Duration pause = Duration.ofSeconds(1L << (tried - 1));
    Duration bounded = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    hold(client, new Pending(will, nanoTime.getAsLong() + bounded.toNanos(), tried));
  }

  private void hold(String client, Pending held) {
    if (pending.size() >= most && !pending.containsKey(client)) {
      log.atWarn()
          .addKeyValue("source", held.will().source())
          .addKeyValue("limit", most)
          .log("A will is given up because too many wait");
      return;
    }
    pending.put(client, held);
  }

  /** What became of a will: taken or made a dead letter, or to be tried again. */
  private final class Outcome implements ConnectedReply {
    private final String client;
    private final Will will;
    private final int attempt;

    Outcome(String client, Will will, int attempt) {
      this.client = client;
      this.will = will;
      this.attempt = attempt;
    }

    @Override
    public long connection() {
      return LEFT_BEHIND;
    }

    @Override
    public void taken() {}

    @Override
    public void refused(Refusal refusal) {
      log.atInfo()
          .addKeyValue("source", will.source())
          .addKeyValue("why", refusal.detail())
          .log("A will could not be read and is a dead letter");
    }

    @Override
    public void unavailable(String why) {
      again(client, will, attempt, why);
    }
  }
}
