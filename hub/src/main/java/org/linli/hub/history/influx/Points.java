package org.linli.hub.history.influx;

import com.influxdb.client.domain.WritePrecision;
import com.influxdb.client.write.Point;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.linli.event.DeviceEvent;
import org.linli.event.Lane;
import org.linli.hub.history.BoundedNames;
import org.linli.hub.history.FarTimes;
import org.linli.hub.history.Readings;
import org.linli.hub.history.ValuesJson;
import org.linli.hub.journal.HubEvent;

/**
 * Turns an event into points: one in {@value #EVENT} with all of it, one in {@value #READING} for
 * each number or boolean.
 *
 * <p>Tags and time identify a point. The order number is stored below the millisecond, in the
 * nanoseconds. A repeated batch therefore overwrites itself, two events of one device in one
 * millisecond stay two, and no tag grows with the number of events. The milliseconds of a far time
 * are shorter, so some of the order number is in a tag with few values.
 *
 * <p>Far times ({@link FarTimes}) go to measurements of their own, whose time is {@link
 * Literal#farNanos}: any time at all lies in ten years there, and InfluxDB needs few shards for it.
 */
final class Points {

  static final String EVENT = "event";
  static final String READING = "reading";
  static final String EVENT_FAR = "event_far";
  static final String READING_FAR = "reading_far";
  static final String PROBE = "linli_probe";

  /** How many order numbers fit below a millisecond. */
  private static final long SLOTS = 1_000_000;

  /** How many order numbers fit below a millisecond of a far time, which is shorter. */
  private static final long FAR_SLOTS = 1_000;

  /** How many times as many fit with the tag {@value #FAR_PART}; the first part has no tag. */
  private static final long FAR_PARTS = 64;

  private static final String FAR_PART = "part";

  private Points() {}

  static List<Point> of(List<HubEvent> batch, BoundedNames names, Instant storedAt) {
    List<Point> points = new ArrayList<>(batch.size() * 3);
    for (HubEvent hubEvent : batch) {
      DeviceEvent event = hubEvent.taken().event();
      String device = names.devices().name(hubEvent);
      boolean far = FarTimes.isFar(hubEvent);
      long time =
          far
              ? Literal.farNanos(event.time()) + hubEvent.taken().order() % FAR_SLOTS
              : Literal.nanos(event.time()) + hubEvent.taken().order() % SLOTS;
      long part = far ? hubEvent.taken().order() / FAR_SLOTS % FAR_PARTS : 0;
      points.add(
          in(part, event(far ? EVENT_FAR : EVENT, hubEvent, device, storedAt))
              .time((Long) time, WritePrecision.NS));
      Readings.forEach(
          event.values(),
          (metric, reading) -> {
            if (names.takesReading(hubEvent, metric)) {
              points.add(
                  in(part, Point.measurement(far ? READING_FAR : READING))
                      .addTag("device", device)
                      .addTag("metric", metric)
                      .addField("value", reading)
                      .time((Long) time, WritePrecision.NS));
            }
          });
    }
    return points;
  }

  private static Point in(long part, Point point) {
    return part == 0 ? point : point.addTag(FAR_PART, Long.toString(part));
  }

  /** Returns a point that no InfluxDB has a reason to refuse, in a measurement of its own. */
  static Point harmless(Instant at) {
    return Point.measurement(PROBE)
        .addField("value", 1L)
        .time((Long) Literal.nanos(at), WritePrecision.NS);
  }

  private static Point event(
      String measurement, HubEvent hubEvent, String device, Instant storedAt) {
    DeviceEvent event = hubEvent.taken().event();
    Instant deviceTime = event.deviceTime();
    return Point.measurement(measurement)
        .addTag("device", device)
        .addTag("gateway", hubEvent.gateway().value())
        .addTag("kind", event.kind().wireName())
        .addTag("type", event.type().value())
        .addField("id", hubEvent.id())
        .addField("epoch", hubEvent.epoch())
        .addField("number", hubEvent.taken().order())
        .addField("urgent", hubEvent.lane() == Lane.URGENT)
        .addField("late", hubEvent.late())
        // Every field is in every point, because the client cannot read an answer with an absent
        // one.
        .addField("deviceTime", deviceTime == null ? "" : deviceTime.toString())
        .addField("takenAt", event.takenAt().toEpochMilli())
        .addField("receivedAt", hubEvent.receivedAt().toEpochMilli())
        .addField("storedAt", storedAt.toEpochMilli())
        .addField("json", ValuesJson.write(event.values()));
  }
}
