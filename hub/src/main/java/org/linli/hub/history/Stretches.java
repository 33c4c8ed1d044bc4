package org.linli.hub.history;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Assembles a series from what several parts of a store have of it. Not safe for several threads.
 */
public final class Stretches {

  private final Map<Instant, Part> parts = new TreeMap<>();

  private record Part(SeriesPoint point, Instant newest) {

    Part and(Part other) {
      SeriesPoint one = point;
      SeriesPoint two = other.point;
      long count = one.count() + two.count();
      boolean isNewer = !newest.isBefore(other.newest);
      return new Part(
          new SeriesPoint(
              one.time(),
              Math.min(one.min(), two.min()),
              Math.max(one.max(), two.max()),
              (one.mean() * one.count() + two.mean() * two.count()) / count,
              (isNewer ? one : two).last(),
              count),
          isNewer ? newest : other.newest);
    }
  }

  /**
   * @param newest the time of the point's last reading
   */
  public void add(SeriesPoint point, Instant newest) {
    parts.merge(point.time(), new Part(point, newest), Part::and);
  }

  /** Returns the points, oldest first. */
  public List<SeriesPoint> points() {
    return parts.values().stream().map(Part::point).toList();
  }
}
