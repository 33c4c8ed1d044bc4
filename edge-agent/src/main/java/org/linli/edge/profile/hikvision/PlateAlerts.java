package org.linli.edge.profile.hikvision;

import static org.linli.edge.profile.hikvision.HikvisionProfile.put;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.Plate;
import org.linli.edge.profile.format.ValueCollector;
import org.linli.event.EventType;

/** {@code ANPR}: a vehicle that a camera saw, mostly with its number plate. */
final class PlateAlerts {

  private static final String ANPR = "ANPR";
  private static final EventType PLATE_READ = new EventType("plate.read");
  private static final EventType VEHICLE_SEEN = new EventType("vehicle.seen");

  /** What cameras write for a plate that they could not read. */
  private static final Set<String> UNREAD =
      Set.of("unknown", "noplate", "no plate", "none", "null", "无车牌", "未知");

  private final boolean wholePlates;

  PlateAlerts(boolean wholePlates) {
    this.wholePlates = wholePlates;
  }

  static boolean isIt(AlertFields alert) {
    return alert.text("eventType").filter(ANPR::equalsIgnoreCase).isPresent()
        || alert.text(ANPR, "licensePlate").isPresent();
  }

  void describe(AlertFields alert, ValueCollector values) throws Unreadable {
    String plate = plate(alert);
    if (!plate.isEmpty()) {
      values.put("plate", wholePlates ? plate : Plate.masked(plate));
    }
    put(values, "confidence", alert.text(ANPR, "confidenceLevel"));
    put(values, "direction", alert.text(ANPR, "direction"));
    put(values, "lane", alert.text(ANPR, "line"));
    put(values, "plateType", alert.text(ANPR, "plateType"));
    put(values, "plateColor", alert.text(ANPR, "plateColor"));
    put(values, "vehicleType", alert.text(ANPR, "vehicleType"));
    put(values, "list", alert.text(ANPR, "vehicleListName"));
    put(values, "channelName", alert.text("channelName"));
  }

  static void read(
      AlertFields alert,
      MessageReading reading,
      Subject camera,
      @Nullable Instant claimed,
      ValueCollector values)
      throws Unreadable {
    EventType type = plate(alert).isEmpty() ? VEHICLE_SEEN : PLATE_READ;
    reading.happened(camera, type, id(alert), claimed, values.first());
  }

  private static String plate(AlertFields alert) {
    String said = Plate.inClear(alert.text(ANPR, "licensePlate").orElse(""));
    return UNREAD.contains(said.toLowerCase(Locale.ROOT)) ? "" : said;
  }

  private static @Nullable String id(AlertFields alert) {
    return alert
        .text("UUID")
        .filter(uuid -> uuid.matches("[A-Za-z0-9-]{1,64}"))
        .map(uuid -> "anpr-" + uuid)
        .orElse(null);
  }
}
