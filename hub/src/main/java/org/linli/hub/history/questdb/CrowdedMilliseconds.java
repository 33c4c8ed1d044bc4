package org.linli.hub.history.questdb;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.linli.event.DeviceId;
import org.linli.hub.history.Readings;
import org.linli.hub.journal.HubEvent;
import org.linli.program.log.RateLimitedLog;
import org.linli.program.memory.RecentMap;
import org.slf4j.LoggerFactory;

/**
 * Counts the readings that overwrite others in a series: for one device, value and millisecond only
 * a limited number is kept apart, by their order numbers. A clock that stands still gives all
 * readings one time. Only the newest millisecond of each device is remembered, so the true number
 * may be higher if times alternate. Used by one thread at a time.
 */
final class CrowdedMilliseconds {

  /** Microseconds in a millisecond. */
  static final int APART = 1_000;

  private static final RateLimitedLog limited =
      RateLimitedLog.of(LoggerFactory.getLogger(CrowdedMilliseconds.class));

  private final Counter overwritten;

  private final RecentMap<DeviceId, Moment> newest =
      new RecentMap<>(
          RecentMap.shareOfHeap(512), (device, _) -> RecentMap.bytes(device.value()) + 40);

  private static final class Moment {
    private long millis;

    /** The order number of the first event in it. */
    private long first;

    /** The order number of the newest event in it. */
    private long last;

    private Moment(long millis, long number) {
      begin(millis, number);
    }

    private void begin(long newMillis, long number) {
      millis = newMillis;
      first = number;
      last = number;
    }
  }

  CrowdedMilliseconds(MeterRegistry meters) {
    this.overwritten =
        Counter.builder("linli.history.readings.overwritten")
            .description(
                "Readings that took the place of others of the same device, value and millisecond"
                    + " in its series; their events are all kept")
            .register(meters);
  }

  /**
   * Counts an event whose readings are written. The events of each device must come in their order.
   */
  void add(HubEvent event) {
    DeviceId device = event.taken().event().device();
    long millis = event.taken().event().time().toEpochMilli();
    long number = event.taken().order();
    Moment moment = newest.get(device);
    if (moment == null) {
      boolean _ = newest.put(device, new Moment(millis, number)) == null;
    } else if (moment.millis != millis) {
      moment.begin(millis, number);
    } else if (number > moment.last) {
      // An equal or lower number is a repetition.
      moment.last = number;
      if (number - moment.first >= APART) {
        count(event);
      }
    }
  }

  private void count(HubEvent event) {
    AtomicLong readings = new AtomicLong();
    Readings.forEach(event.taken().event().values(), (_, _) -> readings.incrementAndGet());
    if (readings.get() > 0) {
      overwritten.increment(readings.get());
      limited
          .atWarn("overwritten")
          .addKeyValue("device", event.taken().event().device())
          .addKeyValue("gateway", event.gateway())
          .addKeyValue("time", event.taken().event().time())
          .log(
              "A device has more than {} readings of one millisecond, and further ones overwrite"
                  + " them in its series; its events are all kept. See to its clock",
              APART);
    }
  }
}
