package org.linli.sims.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.sims.program.Folders;
import org.linli.sims.program.Holdings;
import org.linli.sims.program.ProcessFigures;
import org.linli.sims.program.Running;

/**
 * Samples the resources of hub and agent at regular intervals. The history, which keeps every
 * event, does not count towards the hub's disk.
 */
final class Soak implements AutoCloseable {

  private static final int SAMPLES = 120;
  private static final long LEAST_INTERVAL_MILLIS = 1_000;
  private static final double MEGABYTE = 1_000_000;

  private static final double MEMORY_SHARE = 0.03;
  private static final double MEMORY_MEGABYTES = 8;
  private static final double FILES = 16;
  private static final double THREADS = 6;
  private static final double DISK_SHARE = 0.1;
  private static final double DISK_MEGABYTES = 8;

  private final List<Watched> watched;
  private final Thread looking;

  private Soak(List<Watched> watched, long intervalMillis) {
    this.watched = watched;
    this.looking = Thread.ofVirtual().name("soak").start(() -> look(intervalMillis));
  }

  /** Samples so often that a soak of that length has about 120 samples. */
  static Soak of(Town town, Duration length) {
    Path hub = town.disks().hub();
    return new Soak(
        List.of(
            new Watched(town.agent(), town.disks().agent(), null),
            new Watched(town.hub(), hub, hub.resolve("questdb"))),
        Math.max(LEAST_INTERVAL_MILLIS, length.toMillis() / SAMPLES));
  }

  /** Stops sampling. */
  @Override
  public void close() {
    looking.interrupt();
    try {
      looking.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isFlat() {
    return watched.stream().flatMap(Watched::holdings).allMatch(Holdings::isFlat);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>(List.of(Holdings.heading()));
    watched.stream().flatMap(Watched::holdings).map(Holdings::line).forEach(lines::add);
    return lines;
  }

  private void look(long intervalMillis) {
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(intervalMillis);
        watched.forEach(Watched::look);
      }
    } catch (InterruptedException e) {
      // The soak is over.
    }
  }

  private static final class Watched {
    private final Running program;
    private final Path data;
    private final @Nullable Path history;
    private final Holdings memory;
    private final Holdings files;
    private final Holdings threads;
    private final Holdings disk;

    private Watched(Running program, Path data, @Nullable Path history) {
      this.program = program;
      this.data = data;
      this.history = history;
      String name = program.name();
      memory = new Holdings(name + " memory", "MB", MEMORY_SHARE, MEMORY_MEGABYTES);
      files = new Holdings(name + " files", "", 0, FILES);
      threads = new Holdings(name + " threads", "", 0, THREADS);
      disk = new Holdings(name + " disk", "MB", DISK_SHARE, DISK_MEGABYTES);
    }

    private void look() {
      ProcessFigures figures = program.figures();
      if (figures == null) {
        return;
      }
      memory.add(figures.residentBytes() / MEGABYTE);
      files.add(figures.files());
      threads.add(figures.threads());
      try {
        disk.add((Folders.bytes(data) - historyBytes()) / MEGABYTE);
      } catch (IOException e) {
        // The folder changed during the sample; the next one counts.
        return;
      }
    }

    private long historyBytes() throws IOException {
      return history == null || !Files.exists(history) ? 0 : Folders.bytes(history);
    }

    private Stream<Holdings> holdings() {
      return Stream.of(memory, files, threads, disk);
    }
  }
}
