package org.linli.sims.reconcile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.linli.sims.api.JsonApi;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.console.Console;

/**
 * Waits until the acknowledged events can be at the hub, reads them and compares. If something is
 * missing, reads that device again until it is there or the time is over: the history may return
 * events only a moment after they are on disk.
 */
final class Reconciling {

  private static final int QUESTIONS_AT_A_TIME = 4;
  private static final long POLL_MILLIS = 200;
  private static final int PROGRESS_EVERY = 5;

  private final Console console;
  private final @Nullable JsonApi gateway;
  private final HubEvents hub;
  private final long deadline;
  private final Map<String, Long> givenUp;
  private final Map<String, Discrepancies> byDevice = new HashMap<>();

  /**
   * @param givenUp how many events of a device the gateway declared as shed: as many may stay
   *     missing
   */
  Reconciling(
      Console console,
      @Nullable JsonApi gateway,
      JsonApi hub,
      Duration settle,
      Map<String, Long> givenUp) {
    this.givenUp = Map.copyOf(givenUp);
    this.console = console;
    this.gateway = gateway;
    this.hub = new HubEvents(hub);
    this.deadline = System.nanoTime() + settle.toNanos();
  }

  Discrepancies run(Recorded recorded) throws CannotRunException, InterruptedException {
    awaitEmptyQueues();
    List<Recorded.OfDevice> toRead = recorded.devices();
    read(toRead);
    for (int round = 1; !missing(toRead).isEmpty() && nanosLeft() > 0; round++) {
      toRead = missing(toRead);
      if (round % PROGRESS_EVERY == 1) {
        console.progress(
            "waiting for the hub: events of %d devices are missing, %d s left"
                .formatted(toRead.size(), secondsLeft()));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      read(toRead);
    }
    Discrepancies all = new Discrepancies();
    recorded
        .devices()
        .forEach(device -> all.addAll(byDevice.getOrDefault(device.device(), new Discrepancies())));
    return all;
  }

  /** How many acknowledged events of each device are not at the hub. */
  Map<String, Long> missingByDevice() {
    Map<String, Long> missing = new HashMap<>();
    byDevice.forEach(
        (device, discrepancies) -> {
          if (discrepancies.count(Discrepancy.LOST) > 0) {
            missing.put(device, discrepancies.count(Discrepancy.LOST));
          }
        });
    return missing;
  }

  private void awaitEmptyQueues() throws CannotRunException, InterruptedException {
    if (gateway == null) {
      return;
    }
    long queued = queued(gateway);
    for (int round = 0; queued > 0 && nanosLeft() > 0; round++) {
      if (round % PROGRESS_EVERY == 0) {
        console.progress(
            "waiting for the gateway: %d events queued, %d s left"
                .formatted(queued, secondsLeft()));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      queued = queued(gateway);
    }
    if (queued > 0) {
      console.complain("The gateway still has %d events queued.".formatted(queued));
    }
  }

  private static long queued(JsonApi gateway) throws CannotRunException, InterruptedException {
    return gateway.get("/api/ledger").path("queued").asLong(0);
  }

  private List<Recorded.OfDevice> missing(List<Recorded.OfDevice> devices) {
    return devices.stream()
        .filter(
            device ->
                byDevice.getOrDefault(device.device(), new Discrepancies()).count(Discrepancy.LOST)
                    > givenUp.getOrDefault(device.device(), 0L))
        .toList();
  }

  private void read(List<Recorded.OfDevice> devices)
      throws CannotRunException, InterruptedException {
    Semaphore turns = new Semaphore(QUESTIONS_AT_A_TIME);
    AtomicLong events = new AtomicLong();
    List<Future<Discrepancies>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        for (Recorded.OfDevice device : devices) {
          answers.add(threads.submit(() -> compare(device, turns, events)));
        }
        for (int i = 0; i < answers.size(); i++) {
          byDevice.put(devices.get(i).device(), answers.get(i).get());
          if (i % 100 == 99) {
            console.progress(
                "reading: %d of %d devices, %d events"
                    .formatted(i + 1, devices.size(), events.get()));
          }
        }
      } catch (ExecutionException e) {
        throw cause(e);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private Discrepancies compare(Recorded.OfDevice device, Semaphore turns, AtomicLong events)
      throws CannotRunException, InterruptedException {
    turns.acquire();
    try {
      List<Stored> stored = hub.of(device);
      events.addAndGet(stored.size());
      return device.inFormat()
          ? ComparingMessages.of(device, stored)
          : Comparing.of(device, stored);
    } finally {
      turns.release();
    }
  }

  private static CannotRunException cause(ExecutionException e) {
    return e.getCause() instanceof CannotRunException cannot
        ? cannot
        : CannotRunException.unreachable("Reading the hub's events failed: " + e.getCause());
  }

  private long nanosLeft() {
    return deadline - System.nanoTime();
  }

  private long secondsLeft() {
    return TimeUnit.NANOSECONDS.toSeconds(nanosLeft());
  }
}
