package org.linli.sims.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import tools.jackson.databind.node.ObjectNode;

/**
 * Latencies, counted from when the event was meant to leave, so that the waiting of a device behind
 * a slow gateway counts too (no coordinated omission). Microseconds, three significant digits, in
 * fixed memory.
 */
public final class Latency {

  private static final long MOST_MICROS = TimeUnit.MINUTES.toMicros(30);

  private final String what;
  private final ConcurrentHistogram micros;

  Latency(String what) {
    this(what, new ConcurrentHistogram(MOST_MICROS, 3));
  }

  private Latency(String what, ConcurrentHistogram micros) {
    this.what = what;
    this.micros = micros;
  }

  void record(Duration took) {
    micros.recordValue(Math.clamp(took.toNanos() / 1_000, 0, MOST_MICROS));
  }

  /** What was measured so far; later measurements are not in it. */
  public Latency copy() {
    return new Latency(what, micros.copy());
  }

  /** What was measured after an earlier copy. */
  public Latency since(Latency earlier) {
    ConcurrentHistogram rest = micros.copy();
    rest.subtract(earlier.micros);
    return new Latency(what, rest);
  }

  public long count() {
    return micros.getTotalCount();
  }

  /** The latency at a percentile in milliseconds; 0 when nothing was measured. */
  public double millisAt(double percentile) {
    return micros.getValueAtPercentile(percentile) / 1_000.0;
  }

  String summary() {
    return count() == 0
        ? "%-22s not measured".formatted(what)
        : "%-22s p50 %9.2f ms   p99 %9.2f ms   max %9.2f ms   (%d measured)"
            .formatted(what, millisAt(50), millisAt(99), millisAt(100), count());
  }

  void put(ObjectNode node) {
    node.putObject(what)
        .put("count", count())
        .put("p50Millis", millisAt(50))
        .put("p99Millis", millisAt(99))
        .put("maxMillis", millisAt(100));
  }
}
