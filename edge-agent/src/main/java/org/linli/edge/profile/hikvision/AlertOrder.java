package org.linli.edge.profile.hikvision;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.linli.edge.profile.StaleEvents;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.DeviceTimes;

/**
 * The order in which the alerts of one post are judged: that of their own times, as some recorders
 * send what they kept with the newest first. One without a time that can be read has that of the
 * one before it.
 */
final class AlertOrder {

  private AlertOrder() {}

  /** The places of the alerts, oldest first; those of one time as they come. */
  static List<Integer> of(List<AlertFields> alerts, ZoneId zone) {
    List<Instant> times = new ArrayList<>();
    Instant time = Instant.MIN;
    for (AlertFields alert : alerts) {
      Instant own = time(alert, zone);
      time = own != null && StaleEvents.isBelievable(own) ? own : time;
      times.add(time);
    }
    return IntStream.range(0, alerts.size())
        .boxed()
        .sorted(Comparator.comparing(times::get))
        .toList();
  }

  private static @Nullable Instant time(AlertFields alert, ZoneId zone) {
    try {
      return DeviceTimes.read("dateTime", alert.text("dateTime").orElse(""), zone);
    } catch (Unreadable none) {
      return null;
    }
  }
}
