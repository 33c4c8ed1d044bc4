package org.linli.edge.intake.mqtt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.Reply;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.LoggerFactory;

/**
 * Wills of clients: counted while the client is connected, and kept after its connection broke
 * until they are on disk. At most one waits for each client. One that the disk refuses is tried
 * {@value #TRIES} times, after 1 s, 2 s, 4 s and so on up to a minute. They are in memory only: a
 * gateway that stops drops them. All of them together have a limit in bytes. At the limit, the will
 * that has waited longest for its delay is published early. Thread-safe.
 */
final class Wills {

  private static final RateLimitedLog limited =
      RateLimitedLog.of(LoggerFactory.getLogger(Wills.class));
  private static final int TRIES = 10;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** A will of up to this size is covered by its connection's share. */
  private static final int SMALL = 1 << 10;

  private final Publisher publisher;
  private final LongSupplier nanoTime;
  private final long most;
  private final Predicate<String> isConnected;

  /** In the order in which the connections broke. */
  private final Map<String, Pending> pending = new LinkedHashMap<>();

  /** Bytes of all pending wills, and of the large ones of connected clients. */
  private long held;

  /** Hands a will in. */
  @FunctionalInterface
  interface Publisher {
    void publish(Will will, Reply reply);
  }

  /** A will, and when to publish it, by a monotonic clock. */
  private record Pending(Will will, long due, int tried) {}

  /**
   * @param nanoTime a monotonic clock
   * @param most limit of all wills in bytes
   * @param isConnected whether a client is back, and was let in
   */
  Wills(Publisher publisher, LongSupplier nanoTime, long most, Predicate<String> isConnected) {
    this.publisher = publisher;
    this.nanoTime = nanoTime;
    this.most = most;
    this.isConnected = isConnected;
  }

  /**
   * A client with a will connects.
   *
   * @return whether there is room for the will; then either {@link #left} or {@link #dropped} is
   *     called once
   */
  boolean entered(Will will) {
    int size = whileConnected(will);
    List<Pending> early;
    synchronized (this) {
      early = makeRoom(size);
      if (held + size <= most) {
        held += size;
        size = 0;
      }
    }
    early.forEach(one -> publish(one.will().client(), one.will(), 1));
    return size == 0;
  }

  /** A client with a will has gone, and the will is not published. */
  void dropped(Will will) {
    synchronized (this) {
      held -= whileConnected(will);
    }
  }

  private static int whileConnected(Will will) {
    return will.size() <= SMALL ? 0 : will.size();
  }

  /**
   * A client with a will has gone, and the will is published.
   *
   * @param expiry when the session ends, which publishes the will at the latest
   */
  void left(String client, Will will, Duration expiry) {
    dropped(will);
    Duration delay = will.delay().compareTo(expiry) < 0 ? will.delay() : expiry;
    if (delay.isZero()) {
      publish(client, will, 1);
    } else {
      var _ = hold(client, new Pending(will, nanoTime.getAsLong() + delay.toNanos(), 0));
    }
  }

  /**
   * The client is back, so its will is withdrawn. If it has a new session, the will is published,
   * because the earlier session has ended (MQTT 5 section 3.1.3.2.2).
   */
  void back(String client, boolean sameSession) {
    Pending left;
    synchronized (this) {
      left = remove(client);
    }
    if (left != null && left.tried() == 0 && !sameSession) {
      publish(client, left.will(), 1);
    }
  }

  void publishDue() {
    long now = nanoTime.getAsLong();
    List<Map.Entry<String, Pending>> due = new ArrayList<>();
    synchronized (this) {
      pending.forEach(
          (client, waiting) -> {
            if (waiting.due() - now <= 0) {
              due.add(Map.entry(client, waiting));
            }
          });
    }
    due.forEach(one -> publishUnlessBack(one.getKey(), one.getValue()));
  }

  /** A client that came back meanwhile has withdrawn its will. */
  @SuppressWarnings("ReferenceEquality") // an equal one of a later connection is another one
  private void publishUnlessBack(String client, Pending due) {
    synchronized (this) {
      if (pending.get(client) != due) {
        return;
      }
      remove(client);
    }
    publish(client, due.will(), due.tried() + 1);
  }

  synchronized void drop() {
    pending.values().forEach(one -> held -= one.will().size());
    pending.clear();
  }

  /** Bytes that count against the limit. */
  synchronized long held() {
    return held;
  }

  private @Nullable Pending remove(String client) {
    Pending removed = pending.remove(client);
    if (removed != null) {
      held -= removed.will().size();
    }
    return removed;
  }

  /**
   * Removes wills that wait for their delay, the oldest first, until there is room for {@code size}
   * bytes.
   *
   * @return the wills to publish now
   */
  private List<Pending> makeRoom(int size) {
    List<Pending> early = new ArrayList<>();
    Iterator<Pending> oldest = pending.values().iterator();
    while (held + size > most && oldest.hasNext()) {
      Pending next = oldest.next();
      if (next.tried() == 0) {
        oldest.remove();
        held -= next.will().size();
        early.add(next);
      }
    }
    return early;
  }

  private void publish(String client, Will will, int attempt) {
    publisher.publish(will, new Outcome(client, will, attempt));
  }

  private void again(String client, Will will, int tried, String why) {
    Duration pause = Duration.ofSeconds(1L << (tried - 1));
    Duration bounded = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    Pending again = new Pending(will, nanoTime.getAsLong() + bounded.toNanos(), tried);
    if (tried >= TRIES || !hold(client, again)) {
      limited
          .atWarn("given-up")
          .addKeyValue("source", will.source())
          .addKeyValue("why", why)
          .log("A will is given up");
    }
  }

  /**
   * Keeps a will until it is due.
   *
   * @return false if it was tried before, and its client is back
   */
  private boolean hold(String client, Pending left) {
    int size = left.will().size();
    List<Pending> early;
    boolean isKept;
    synchronized (this) {
      // Under the lock: a client that is let in afterwards withdraws what is held here.
      if (left.tried() > 0 && isConnected.test(client)) {
        return false;
      }
      remove(client);
      early = makeRoom(size);
      isKept = held + size <= most;
      if (isKept) {
        pending.put(client, left);
        held += size;
      }
    }
    early.forEach(one -> publish(one.will().client(), one.will(), 1));
    if (!isKept) {
      limited
          .atWarn("too-many")
          .addKeyValue("source", left.will().source())
          .addKeyValue("limit", most)
          .log("A will is given up because too many wait");
    }
    return true;
  }

  /** The result of a will: taken, made a dead letter, or to be tried again. */
  private final class Outcome implements Reply {
    private final String client;
    private final Will will;
    private final int attempt;

    Outcome(String client, Will will, int attempt) {
      this.client = client;
      this.will = will;
      this.attempt = attempt;
    }

    @Override
    public void taken() {}

    @Override
    public void refused(Refusal refusal) {
      limited
          .atInfo("unreadable")
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
