package org.linli.sims.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One resource figure of a program over a run, and whether it stayed flat: the median of the last
 * quarter of the time exceeds that of the quarter before by no more than a share and no more than
 * an amount, whichever is more. In the first half caches may fill and compilers finish. Not
 * thread-safe.
 */
public final class Holdings {

  private static final int QUARTERS = 4;

  /** With fewer samples there is no verdict. */
  private static final int LEAST_SAMPLES = 8;

  private final String name;
  private final String unit;
  private final double mostShare;
  private final double mostAmount;
  private final List<Double> samples = new ArrayList<>();

  /**
   * @param name for example "agent memory"
   * @param mostShare the increase over the previous quarter that still counts as flat, as a share
   * @param mostAmount the same, in units
   */
  public Holdings(String name, String unit, double mostShare, double mostAmount) {
    this.name = name;
    this.unit = unit;
    this.mostShare = mostShare;
    this.mostAmount = mostAmount;
  }

  public void add(double sample) {
    samples.add(sample);
  }

  /** Whether it stayed flat; false with too few samples. */
  public boolean isFlat() {
    return samples.size() >= LEAST_SAMPLES && growth() <= allowed();
  }

  /** A row of the table: medians of the four quarters, the maximum, and the verdict. */
  public String line() {
    if (samples.size() < LEAST_SAMPLES) {
      return "NO   %-16s only %d samples".formatted(name, samples.size());
    }
    return String.format(
        Locale.ROOT,
        "%-4s %-16s %9.1f %9.1f %9.1f %9.1f %9.1f  %-6s %+.1f in the last quarter, %.1f allowed",
        isFlat() ? "ok" : "NO",
        name,
        median(0),
        median(1),
        median(2),
        median(3),
        samples.stream().mapToDouble(Double::doubleValue).max().orElse(0),
        unit,
        growth(),
        allowed());
  }

  public static String heading() {
    return "     %-16s %9s %9s %9s %9s %9s"
        .formatted("medians of", "1st qtr", "2nd qtr", "3rd qtr", "4th qtr", "most");
  }

  private double growth() {
    return median(QUARTERS - 1) - median(QUARTERS - 2);
  }

  private double allowed() {
    return Math.max(mostAmount, mostShare * median(QUARTERS - 2));
  }

  private double median(int quarter) {
    int from = samples.size() * quarter / QUARTERS;
    int to = samples.size() * (quarter + 1) / QUARTERS;
    double[] part = samples.subList(from, to).stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(part);
    return (part[(part.length - 1) / 2] + part[part.length / 2]) / 2;
  }
}
