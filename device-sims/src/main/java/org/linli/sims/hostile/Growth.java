package org.linli.sims.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.linli.sims.program.Holdings;

/** Checks that the resources of the programs between attacks do not grow from round to round. */
final class Growth {

  /** With fewer rounds, the first one, in which caches fill up, would weigh too much. */
  static final int LEAST_ROUNDS = 3;

  private static final double HEAP_SHARE = 0.05;
  private static final double HEAP_MB = 8;
  private static final double RESIDENT_SHARE = 0.05;
  private static final double RESIDENT_MB = 32;
  private static final double FILES = 32;
  private static final double THREADS = 8;

  private final OfProgram gateway = new OfProgram("gateway");
  private final OfProgram hub = new OfProgram("hub");

  void add(Observed seen) {
    gateway.add(seen.gateway());
    hub.add(seen.hub());
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>(List.of(Holdings.heading()));
    all().map(Holdings::line).forEach(lines::add);
    return lines;
  }

  List<String> problems() {
    return all()
        .filter(held -> !held.isFlat())
        .map(held -> "From round to round: " + held.line().substring("NO   ".length()).strip())
        .toList();
  }

  private Stream<Holdings> all() {
    return Stream.of(gateway, hub).flatMap(OfProgram::holdings);
  }

  private static final class OfProgram {
    private final Holdings heap;
    private final Holdings resident;
    private final Holdings files;
    private final Holdings threads;

    private OfProgram(String name) {
      heap = new Holdings(name + " heap", "MB", HEAP_SHARE, HEAP_MB);
      resident = new Holdings(name + " memory", "MB", RESIDENT_SHARE, RESIDENT_MB);
      files = new Holdings(name + " files", "", 0, FILES);
      threads = new Holdings(name + " threads", "", 0, THREADS);
    }

    private void add(Held held) {
      held.heapMb().ifPresent(heap::add);
      resident.add(held.residentMb());
      files.add(held.files());
      threads.add(held.threads());
    }

    private Stream<Holdings> holdings() {
      return Heap.canBeMeasured()
          ? Stream.of(heap, resident, files, threads)
          : Stream.of(resident, files, threads);
    }
  }
}
