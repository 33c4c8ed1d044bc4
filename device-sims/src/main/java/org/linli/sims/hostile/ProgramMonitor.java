package org.linli.sims.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.sims.api.JsonApi;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.load.Traffic;
import org.linli.sims.program.ProcessFigures;
import tools.jackson.databind.JsonNode;

/**
 * Observes both programs during an attack and until they settle: their resources, whether their
 * health answers, and whether they make progress on waiting work. For the gateway that work is the
 * events of the legitimate device, for the hub what waits in the gateway's outbox.
 */
final class ProgramMonitor implements AutoCloseable {

  private static final long LOOK_MILLIS = 250;
  private static final long ASK_MILLIS = 500;

  /** A shorter time is too short to say that there is no progress. */
  private static final double GOES_ON_SECONDS = 1.5;

  private static final int OK = 200;
  private static final double MEGABYTE = 1_000_000;

  private final Seen gateway;
  private final Seen hub;
  private final List<Thread> threads;

  ProgramMonitor(Arena arena, Traffic device) {
    gateway = new Seen(arena.gateway());
    hub = new Seen(arena.hub());
    threads =
        List.of(
            repeatedly("figures", LOOK_MILLIS, () -> lookAtFigures(device)),
            repeatedly("outbox", ASK_MILLIS, () -> lookAtOutbox(arena.gatewayApi())),
            repeatedly("gateway-health", ASK_MILLIS, () -> gateway.askHealth(arena)),
            repeatedly("hub-health", ASK_MILLIS, () -> hub.askHealth(arena)));
  }

  /**
   * The observations so far, by the name of the program. Collects the garbage of both at once, so
   * that the pause does not count as a delay for the device.
   */
  Map<String, Held> held() throws InterruptedException {
    Map<String, Held> held = new ConcurrentHashMap<>();
    List<Thread> asking =
        Stream.of(gateway, hub)
            .map(
                seen ->
                    Thread.ofVirtual()
                        .name("heap-" + seen.target.name())
                        .start(() -> held.put(seen.target.name(), seen.held())))
            .toList();
    for (Thread thread : asking) {
      thread.join();
    }
    return Map.copyOf(held);
  }

  /** Files that a program has opened since the beginning, of the program with more. */
  int moreFiles() {
    return Math.max(gateway.moreFiles(), hub.moreFiles());
  }

  /** Whether both report that they are well, and make progress on waiting work. */
  boolean healthy() {
    return gateway.isWell() && hub.isWell();
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookAtFigures(Traffic device) {
    gateway.goesOn(device.acknowledged() + device.refused(), device.unanswered() > 0);
    gateway.lookAtProcess();
    hub.lookAtProcess();
  }

  private void lookAtOutbox(JsonApi gatewayApi) throws InterruptedException {
    try {
      JsonNode ledger = gatewayApi.get("/api/ledger");
      hub.goesOn(ledger.path("receipted").asLong(-1), ledger.path("queued").asLong(0) > 0);
    } catch (CannotRunException e) {
      // The gateway does not answer; its health is checked separately.
      return;
    }
  }

  /** An observation that can be interrupted. */
  @FunctionalInterface
  private interface Look {
    void take() throws InterruptedException;
  }

  private static Thread repeatedly(String name, long everyMillis, Look look) {
    return Thread.ofVirtual()
        .name("monitor-" + name)
        .start(
            () -> {
              try {
                while (!Thread.currentThread().isInterrupted()) {
                  look.take();
                  TimeUnit.MILLISECONDS.sleep(everyMillis);
                }
              } catch (InterruptedException e) {
                // The observation is over.
              }
            });
  }

  /** The observations of one program. Thread-safe. */
  private static final class Seen {
    private final Arena.Target target;
    private final int deathsBefore;
    private final long logBefore;
    private final @Nullable ProcessFigures filesBefore;
    private final Silence health = new Silence();
    private final Silence work = new Silence();
    private final Silence untrue = new Silence();
    private long answers;
    private boolean up;
    private double mostResident;
    private int mostFiles;
    private int mostThreads;

    private Seen(Arena.Target target) {
      this.target = target;
      deathsBefore = target.running().ownDeaths();
      logBefore = logBytes();
      filesBefore = target.running().figures();
      health.look(0, true, System.nanoTime());
    }

    private void askHealth(Arena arena) {
      int status = 0;
      try (Wire wire = new Wire(arena.port(target.page()), false)) {
        wire.write(WebAttacks.get("/actuator/health", arena.token()));
        status = wire.readStatus();
      } catch (IOException e) {
        // A missing answer counts below.
      }
      answered(status);
    }

    private synchronized void answered(int status) {
      answers += status == 0 ? 0 : 1;
      up = status == OK;
      health.look(answers, true, System.nanoTime());
    }

    private synchronized boolean isWell() {
      return up && work.current() < GOES_ON_SECONDS;
    }

    private synchronized void goesOn(long progress, boolean waited) {
      long now = System.nanoTime();
      work.look(progress, waited, now);
      untrue.look(progress, waited && up, now);
    }

    private int moreFiles() {
      ProcessFigures figures = target.running().figures();
      return figures == null || filesBefore == null ? 0 : figures.files() - filesBefore.files();
    }

    private void lookAtProcess() {
      ProcessFigures figures = target.running().figures();
      if (figures != null) {
        most(figures);
      }
    }

    private synchronized void most(ProcessFigures figures) {
      mostResident = Math.max(mostResident, figures.residentBytes() / MEGABYTE);
      mostFiles = Math.max(mostFiles, figures.files());
      mostThreads = Math.max(mostThreads, figures.threads());
    }

    private Held held() {
      OptionalDouble heap = Heap.afterCollection(target.running().pid().orElse(-1));
      @Nullable ProcessFigures figures = target.running().figures();
      if (figures == null) {
        figures = new ProcessFigures(0, 0, 0);
      }
      return held(heap, figures);
    }

    private synchronized Held held(OptionalDouble heap, ProcessFigures figures) {
      return new Held(
          heap,
          figures.residentBytes() / MEGABYTE,
          mostResident,
          figures.files(),
          mostFiles,
          figures.threads(),
          mostThreads,
          target.running().ownDeaths() - deathsBefore,
          health.longest(),
          work.longest(),
          untrue.longest(),
          (logBytes() - logBefore) / MEGABYTE);
    }

    private long logBytes() {
      try {
        return Files.size(target.log());
      } catch (IOException e) {
        return 0;
      }
    }
  }
}
