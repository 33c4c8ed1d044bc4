package org.linli.hub.history;

import java.util.List;
import org.linli.hub.registry.DeviceKey;

/**
 * Answers queries for what devices measured: every number in an event's values, and every boolean
 * as 0 or 1.
 */
public interface SeriesStore {

  /**
   * Returns one metric, downsampled to equal stretches of time; a stretch without a reading has no
   * point.
   *
   * @return oldest first, at most {@link SeriesQuery#points}
   * @throws HistoryUnavailableException when the store cannot be read now
   */
  List<SeriesPoint> series(SeriesQuery query);

  /**
   * Returns the metrics that a device has reported, by name.
   *
   * @throws HistoryUnavailableException when the store cannot be read now
   */
  List<String> metrics(DeviceKey device);
}
