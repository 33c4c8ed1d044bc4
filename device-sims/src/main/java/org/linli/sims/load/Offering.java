package org.linli.sims.load;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.linli.sims.journal.Journal;
import org.linli.sims.link.Sending;

/**
 * Sends each event when its pace is due. When connections are full the sender blocks, and at a
 * steady pace the delayed events keep the time they were meant to leave at.
 */
final class Offering {

  private static final long NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long POLL_MILLIS = 20;

  private final Connections connections;
  private final Offers offers;
  private final AlertWatch alerts;
  private final Pace pace;
  private final Journal journal;
  private final Latency toAcknowledged = new Latency("device → acknowledged");
  private final AtomicLong offered = new AtomicLong();
  private final LongAdder refused = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final LongAdder unconfirmed = new LongAdder();
  private final Instant began;
  private final long beganNanos;
  private volatile long lastAnswerNanos;
  private volatile boolean heldBack;

  Offering(
      Connections connections,
      Offers offers,
      AlertWatch alerts,
      Pace pace,
      Journal journal,
      Instant began) {
    this.connections = connections;
    this.offers = offers;
    this.alerts = alerts;
    this.pace = pace;
    this.journal = journal;
    this.began = began;
    this.beganNanos = System.nanoTime();
    this.lastAnswerNanos = beganNanos;
  }

  /**
   * Sends until the pace is over, and then waits at most {@code patience} for the answers.
   *
   * @throws IOException when the journal cannot be written
   */
  void run(Duration patience) throws InterruptedException, IOException {
    for (Connections.Connection connection : connections.all()) {
      journal.connection(connection.index(), connection.protocol().toString(), connection.name());
    }
    long number = 0;
    for (long due = due(0); due != Pace.OVER; due = due(++number)) {
      TimeUnit.NANOSECONDS.sleep(beganNanos + due - System.nanoTime());
      send(number, due);
    }
    awaitAnswers(patience);
  }

  private void awaitAnswers(Duration patience) throws InterruptedException {
    long since = System.nanoTime();
    while (unanswered() > 0 && System.nanoTime() - since < patience.toNanos()) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /**
   * As above, but gives up an event that the connections still do not accept when {@code longest}
   * is over, and those after it. A gateway that keeps nothing for now answers nothing, and full
   * connections would hold the load back for ever.
   */
  void run(Duration longest, Duration patience) throws InterruptedException, IOException {
    Thread sender = Thread.currentThread();
    Thread watch =
        Thread.ofVirtual()
            .name("load-watch")
            .start(
                () -> {
                  try {
                    TimeUnit.NANOSECONDS.sleep(longest.toNanos());
                    heldBack = true;
                    sender.interrupt();
                  } catch (InterruptedException sent) {
                    // Everything was sent in time.
                  }
                });
    try {
      run(Duration.ZERO);
    } catch (InterruptedException interrupted) {
      if (!heldBack) {
        throw interrupted;
      }
    } finally {
      watch.interrupt();
    }
    watch.join();
    heldBack = Thread.interrupted() || heldBack;
    awaitAnswers(patience);
  }

  /** Whether events were not sent because the connections accepted no more. */
  boolean isHeldBack() {
    return heldBack;
  }

  private long due(long number) {
    return pace.due(number, System.nanoTime() - beganNanos);
  }

  Latency toAcknowledged() {
    return toAcknowledged;
  }

  long offered() {
    return offered.get();
  }

  long refused() {
    return refused.sum();
  }

  long repeated() {
    return repeated.sum();
  }

  /** Events for which no answer will come. */
  long unconfirmed() {
    return unconfirmed.sum();
  }

  /** Events whose answer is still awaited. */
  long unanswered() {
    return offered.get() - toAcknowledged.count() - refused.sum() - unconfirmed.sum();
  }

  /** Acknowledged events per second, from the first event's time to the last answer. */
  double acknowledgedPerSecond() {
    long took = Math.max(1, lastAnswerNanos - beganNanos);
    return toAcknowledged.count() * (double) NANOS / took;
  }

  /** Loads and compiles the code that writes an event, which must not be measured. */
  static void warmUp(Offers offers) {
    for (int i = 0; i < 5_000; i++) {
      offers.next(i, Instant.EPOCH);
    }
  }

  private void send(long number, long intended) throws InterruptedException, IOException {
    Offer offer = offers.next(number, began.plusMillis(TimeUnit.NANOSECONDS.toMillis(intended)));
    if (offer.opens() != null) {
      alerts.expect(offer.opens().value(), beganNanos + intended);
    }
    Connections.Connection connection = connections.of(offer.connection());
    offer.entry().write(journal, number, connection.index());
    offered.incrementAndGet();
    connection.link().send(new Sending(offer.letter(), new Answer(number, beganNanos + intended)));
  }

  private final class Answer implements Sending.Answer {

    private final long number;
    private final long intendedNanos;

    private Answer(long number, long intendedNanos) {
      this.number = number;
      this.intendedNanos = intendedNanos;
    }

    @Override
    public void acknowledged() {
      long now = System.nanoTime();
      journal.acknowledged(number);
      lastAnswerNanos = now;
      toAcknowledged.record(Duration.ofNanos(now - intendedNanos));
    }

    @Override
    public void refused(String reason) {
      journal.refused(number, reason);
      refused.increment();
    }

    @Override
    public void repeated() {
      journal.repeated(number);
      repeated.increment();
    }

    @Override
    public void unconfirmed() {
      journal.unconfirmed(number);
      unconfirmed.increment();
    }
  }
}
