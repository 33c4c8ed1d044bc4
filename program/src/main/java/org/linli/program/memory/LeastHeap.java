package org.linli.program.memory;

import java.io.PrintStream;
import java.util.OptionalInt;

/**
 * The heap below which a program would spend minutes in garbage collection and not finish its
 * start.
 */
public final class LeastHeap {

  private static final int REFUSED = 1;

  /**
   * One part in this many is tolerated: a collector keeps some of the heap to itself, such as one
   * of two survivor spaces.
   */
  private static final int SPARED = 16;

  private LeastHeap() {}

  /**
   * Prints one sentence when this program's heap is too small.
   *
   * @param program the program's name for people
   * @param leastMegabytes as set by {@code -Xmx}
   * @return the exit code; empty when the program may start
   */
  public static OptionalInt refuse(PrintStream err, String program, int leastMegabytes) {
    return refuse(err, program, leastMegabytes, Runtime.getRuntime().maxMemory());
  }

  static OptionalInt refuse(PrintStream err, String program, int leastMegabytes, long heap) {
    long least = (long) leastMegabytes << 20;
    if (heap >= least - least / SPARED) {
      return OptionalInt.empty();
    }
    err.println(
        "A heap of %d MB is too small for the %s: give it %d MB at least, with LINLI_HEAP=%dm where ./launch starts it, and otherwise with -Xmx%dm."
            .formatted(heap >> 20, program, leastMegabytes, leastMegabytes, leastMegabytes));
    return OptionalInt.of(REFUSED);
  }
}
