package org.linli.sims.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.linli.event.Kind;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.journal.JournalFile;

/**
 * Numbered events that continue until they are told to end, and that can be held back for a while.
 * An event without an answer is sent again, with the same id, until it has one. Everything is
 * recorded.
 */
public final class Traffic implements AutoCloseable {

  private static final long POLL_MILLIS = 50;

  /**
   * What is sent.
   *
   * @param name the prefix of devices and connections; a different one for each traffic at a time
   * @param mixed MQTT, CoAP and HTTP; otherwise MQTT alone
   * @param qos of MQTT, 1 or 2
   * @param perSecond events, over all devices
   * @param padding characters of text in each event besides its values
   */
  public record Manner(
      String name,
      boolean mixed,
      int qos,
      int connections,
      int devices,
      int perSecond,
      int alertEvery,
      int padding) {}

  /**
   * Every device of a traffic with this name, including those that raise alarms, for a community
   * file.
   */
  public static Map<String, Kind> kinds(String name, int devices) {
    return LoadEvents.kinds(name, devices);
  }

  private final String name;
  private final Path record;
  private final Tap tap;
  private final Connections connections;
  private final JournalFile journal;
  private final Offering offering;
  private final Thread sender;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  private Traffic(
      Manner manner,
      Path record,
      Tap tap,
      Connections connections,
      JournalFile journal,
      Offering offering) {
    this.name = manner.name();
    this.record = record;
    this.tap = tap;
    this.connections = connections;
    this.journal = journal;
    this.offering = offering;
    this.sender = Thread.ofVirtual().name("traffic-" + name).start(this::send);
  }

  /**
   * Starts, whether or not the gateway answers.
   *
   * @param record a new file for everything sent and answered
   * @throws CannotRunException when an address or the file cannot be used
   */
  public static Traffic start(
      Manner manner, URI mqtt, URI coap, URI http, Path record, InstantSource clock)
      throws CannotRunException {
    String run = Long.toString(clock.millis(), 36);
    LoadEvents events =
        new LoadEvents(manner.name(), manner.devices(), manner.alertEvery(), manner.padding(), run);
    Instant began = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Connections connections =
        new Connections(
            new Connections.Gateway(mqtt, coap, http),
            new Connections.Plan(
                Connections.openings(
                    manner.name(),
                    manner.mixed() ? LoadProtocol.MIXED : LoadProtocol.MQTT,
                    manner.connections()),
                manner.qos(),
                true,
                100_000,
                0));
    Tap tap = new Tap(manner.perSecond());
    JournalFile journal = JournalFile.create(record, run, began, clock);
    Offering offering = new Offering(connections, events, AlertWatch.none(), tap, journal, began);
    return new Traffic(manner, record, tap, connections, journal, offering);
  }

  public String name() {
    return name;
  }

  /** The file of the record. */
  public Path record() {
    return record;
  }

  /** Sends nothing new until {@link #release}; unanswered events are still repeated. */
  public void hold() {
    tap.hold();
  }

  public void release() {
    tap.release();
  }

  public long offered() {
    return offering.offered();
  }

  public long acknowledged() {
    return offering.toAcknowledged().count();
  }

  public long unanswered() {
    return offering.unanswered();
  }

  public long refused() {
    return offering.refused();
  }

  /** Events sent again, with the same id, because no answer came. */
  public long repeated() {
    return offering.repeated();
  }

  /** How long acknowledgements took so far. */
  public Latency toAcknowledged() {
    return offering.toAcknowledged().copy();
  }

  /** Connections that can send at once. */
  public int ready() {
    return connections.ready();
  }

  /** The problem of one of its connections. */
  public Optional<String> trouble() {
    return connections.trouble();
  }

  /** Waits until everything sent is answered; false on a timeout. */
  public boolean awaitAnswers(Duration patience) throws InterruptedException {
    long since = System.nanoTime();
    while (unanswered() > 0) {
      if (System.nanoTime() - since > patience.toNanos()) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    return true;
  }

  /** Sends nothing new from now on. */
  public void finish() {
    tap.end();
  }

  /**
   * Closes its connections and its record.
   *
   * @throws CannotRunException when something could not be recorded: the run cannot be judged
   */
  public void end(Duration patience) throws CannotRunException, InterruptedException {
    finish();
    awaitAnswers(patience);
    sender.interrupt();
    sender.join();
    connections.close();
    Exception failed = failure.get();
    try {
      journal.ended();
      journal.close();
    } catch (IOException e) {
      failed = e;
    }
    if (failed != null) {
      throw CannotRunException.unusable(
          "The record %s could not be kept: %s".formatted(record, failed.getMessage()));
    }
  }

  @Override
  public void close() {
    tap.end();
    sender.interrupt();
    connections.close();
  }

  private void send() {
    try {
      offering.run(Duration.ZERO);
    } catch (IOException e) {
      failure.set(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A pace that can be held and ended. Events that were held back are not caught up. */
  private static final class Tap implements Pace {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final long interval;
    private final long began = System.nanoTime();
    private long last;
    private boolean held;
    private boolean ended;

    private Tap(int perSecond) {
      this.interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    @Override
    public long due(long number, long now) {
      lock.lock();
      try {
        boolean waited = held;
        while (held && !ended) {
          changed.awaitUninterruptibly();
        }
        if (ended || Thread.currentThread().isInterrupted()) {
          return OVER;
        }
        last = waited ? System.nanoTime() - began : last + interval;
        return last;
      } finally {
        lock.unlock();
      }
    }

    private void hold() {
      set(true, false);
    }

    private void release() {
      set(false, false);
    }

    private void end() {
      set(false, true);
    }

    private void set(boolean hold, boolean end) {
      lock.lock();
      try {
        held = hold;
        ended |= end;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
