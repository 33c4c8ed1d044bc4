package org.linli.edge.profile.hikvision;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.Delivered;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.Numbers;
import org.linli.edge.profile.Profile;
import org.linli.edge.profile.ProfileSettings;
import org.linli.edge.profile.StaleEvents;
import org.linli.edge.profile.StateTime;
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.AttachedPictures;
import org.linli.edge.profile.format.DeviceTimes;
import org.linli.edge.profile.format.Picture;
import org.linli.edge.profile.format.Truth;
import org.linli.edge.profile.format.ValueCollector;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.Sha256;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * {@code EventNotificationAlert} as Hikvision's cameras, recorders, door controllers and terminals
 * post it (ISAPI, "Alarm and event" and "Access control"; the same elements in several namespaces).
 */
@Component
final class HikvisionProfile implements Profile {

  private static final String ACCESS = "AccessControllerEvent";
  private static final String DURATION = "duration";
  private static final long BETWEEN_SIGNS_OF_LIFE = Duration.ofMinutes(1).toNanos();

  /** Limited because it is remembered while an alarm is active. */
  private static final int LONGEST_REGION = 32;

  /** Of one alarm; no device has so many. */
  private static final int MOST_REGIONS = 16;

  private final HikvisionSettings settings;
  private final AttachedPictures pictures;
  private final ZoneId zone;
  private final Changes changes = new Changes();
  private final AlarmEnds ends = new AlarmEnds(changes);
  private final LongSupplier nanoTime;
  private final RunningAlarms running;
  private final AccessAlerts accessAlerts;
  private final PlateAlerts plateAlerts;

  @Autowired
  HikvisionProfile(
      HikvisionSettings settings, AttachedPictures pictures, ProfileSettings profiles) {
    this(settings, pictures, profiles, System::nanoTime);
  }

  /**
   * @param nanoTime a monotonic clock
   */
  HikvisionProfile(
      HikvisionSettings settings,
      AttachedPictures pictures,
      ProfileSettings profiles,
      LongSupplier nanoTime) {
    this.settings = settings;
    this.pictures = pictures;
    this.zone = profiles.zone();
    this.nanoTime = nanoTime;
    this.running = new RunningAlarms(nanoTime, changes);
    this.accessAlerts = new AccessAlerts(settings.people(), changes);
    this.plateAlerts = new PlateAlerts(settings.wholePlates());
  }

  @Override
  public String name() {
    return "hikvision";
  }

  /**
   * Where in the picture something is.
   *
   * @param id of the region, or of the alarm input
   */
  private record Region(Optional<String> id, Optional<String> target) {}

  @Override
  public void read(Delivered message, MessageReading reading) throws Unreadable {
    Posted posted = Posted.of(message, reading.document());
    List<Unreadable> broken = new ArrayList<>(posted.broken());
    List<AlertFields> alerts = new ArrayList<>();
    for (AlertFields alert : posted.alerts()) {
      try {
        check(alert);
        alerts.add(alert);
      } catch (Unreadable unreadable) {
        broken.add(unreadable);
      }
    }
    if (alerts.isEmpty()) {
      throw broken.getFirst();
    }
    for (int place : AlertOrder.of(alerts, zone)) {
      AlertFields alert = alerts.get(place);
      List<Picture> attached = place == 0 ? posted.pictures() : List.of();
      List<Region> regions = regions(alert);
      for (Region region : regions.subList(0, Math.min(MOST_REGIONS, regions.size()))) {
        // An end is taken as well: otherwise the next alarm would be the one that had ended.
        if (regions.size() > MOST_REGIONS) {
          reading.mark("DetectionRegionList: has more regions than " + MOST_REGIONS);
        }
        // Each may be an alarm: the others say so if they are one, or else all of them are refused.
        broken.forEach(reading::beside);
        read(alert, region, reading, new ValueCollector(), attached);
        attached = List.of();
        reading.nextPart();
      }
    }
  }

  /**
   * @throws Unreadable if it does not say whether it is an alarm, and which
   */
  private static void check(AlertFields alert) throws Unreadable {
    if (named(alert).isEmpty()) {
      throw new Unreadable(RefusalReason.MISSING_FIELD, "eventType: is missing");
    }
    var _ = isActive(alert);
    if (named(alert).equalsIgnoreCase(ACCESS)) {
      AccessAlerts.check(alert);
    }
  }

  private static String named(AlertFields alert) {
    List<String> said = alert.texts("eventType");
    return said.isEmpty() ? alert.has(ACCESS) ? ACCESS : "" : AlarmTypes.gravest(said);
  }

  private void read(
      AlertFields alert,
      Region region,
      MessageReading reading,
      ValueCollector values,
      List<Picture> attached)
      throws Unreadable {
    String named = named(alert);
    boolean active = isActive(alert) && !PanelCodes.isEnd(alert);
    Optional<String> time = alert.text("dateTime");
    if (time.isEmpty()) {
      reading.noTime();
    }
    for (String once : List.of("eventType", "eventState")) {
      if (alert.texts(once).size() > 1) {
        reading.mark(once + ": is there twice with different values");
      }
    }
    Instant claimed =
        time.isPresent()
            ? reading.time(() -> DeviceTimes.read("dateTime", time.get(), zone))
            : null;
    if (named.equalsIgnoreCase(ACCESS)) {
      Subject door = subject(reading, alert.text(ACCESS, "doorNo"), "door", Kind.ACCESS);
      accessAlerts.describe(alert, values);
      pictures.attach(reading, attached, values);
      accessAlerts.read(alert, reading, door, claimed, values);
      return;
    }
    String type = actual(named, alert);
    if (isSignOfLife(type, active, alert)) {
      // Of whoever sent it: the channel that some name in it has nothing to do with it.
      lives(reading, reading.device("", Kind.CAMERA), claimed);
      return;
    }
    boolean isPlate = PlateAlerts.isIt(alert) && !AlarmTypes.isAboutALife(type);
    Subject camera =
        subject(
            reading,
            alert.text("channelID").or(() -> alert.text("dynChannelID")),
            "",
            isPlate ? Kind.PARKING : Kind.CAMERA);
    if (isPlate && active) {
      plateAlerts.describe(alert, values);
      pictures.attach(reading, attached, values);
      PlateAlerts.read(alert, reading, camera, claimed, values);
      return;
    }
    describe(alert, region, type, values);
    pictures.attach(reading, attached, values);
    alarm(alert, region.id(), type, active, reading, camera, claimed, values);
  }

  private void alarm(
      AlertFields alert,
      Optional<String> region,
      String type,
      boolean active,
      MessageReading reading,
      Subject camera,
      @Nullable Instant claimed,
      ValueCollector values)
      throws Unreadable {
    String signal = type + region.map(id -> "-" + id).orElse("");
    StateTime at = StateTime.byDevice(claimed);
    boolean late =
        alert.text("isDataRetransmission").filter("true"::equalsIgnoreCase).isPresent()
            || alert.text("currentEvent").filter("false"::equalsIgnoreCase).isPresent();
    if (!active) {
      if (region.isPresent()) {
        running.ended(reading, camera, signal, at, late);
      } else {
        running.endedEverywhere(reading, camera, type, at, late);
      }
      ended(reading, camera, type, region, claimed, values);
      return;
    }
    if (AlarmTypes.isMeasured(type)) {
      values.put("active", true);
      reading.measured(camera, claimed, values.inParts());
      return;
    }
    if (late && StaleEvents.isTooOld(claimed, reading.receivedAt())) {
      values.put(StaleEvents.WAS, AlarmTypes.ofActive(type).value());
      reading.measured(camera, claimed, values.inParts());
      return;
    }
    if (named(alert).equalsIgnoreCase(DURATION) && region.isEmpty()) {
      // It says that an alarm lasts, which had told its region.
      signal = running.signal(reading, camera, type);
    }
    boolean isOver = ends.begun(reading, camera, type, signal, claimed);
    RunningAlarms.Post post =
        isOver ? RunningAlarms.Post.LATE : running.post(reading, camera, signal, at);
    String endedId =
        post == RunningAlarms.Post.ENDED ? running.endedId(reading, camera, signal) : null;
    Instant when = claimed == null ? reading.receivedAt() : claimed;
    Optional<String> written = alert.text("dateTime");
    String id;
    if (isOver) {
      id = running.overId(reading, camera, signal, when, AlarmTypes.ofActive(type));
    } else if (endedId != null) {
      id = endedId;
    } else if (!late && post == RunningAlarms.Post.NOW) {
      id = running.id(reading, camera, signal, when, claimed != null);
    } else if (claimed == null && written.isPresent()) {
      id = RunningAlarms.idOfUntimed(signal, written.get());
    } else {
      id = RunningAlarms.id(signal, when);
    }
    reading.happened(camera, AlarmTypes.ofActive(type), id, claimed, values.first());
  }

  private void ended(
      MessageReading reading,
      Subject camera,
      String type,
      Optional<String> region,
      @Nullable Instant claimed,
      ValueCollector values)
      throws Unreadable {
    Optional<EventType> end = ends.ended(reading, camera, type, region, claimed);
    if (end.isPresent()) {
      reading.happened(camera, end.get(), claimed, values.first());
      return;
    }
    StateTime at = StateTime.byDevice(claimed).of(false);
    if (type.equals(AlarmTypes.VIDEO_LOSS) && changes.isChange(reading, camera, type, false, at)) {
      reading.happened(camera, AlarmTypes.VIDEO_RESTORED, claimed, values.first());
      return;
    }
    values.put("active", false);
    reading.measured(camera, claimed, values.inParts());
  }

  /**
   * Adds a sign of life at most once per minute of running time: cameras send it up to three times
   * a second. It says nothing about any alarm.
   */
  private void lives(MessageReading reading, Subject device, @Nullable Instant claimed)
      throws Unreadable {
    long minute = Math.floorDiv(nanoTime.getAsLong(), BETWEEN_SIGNS_OF_LIFE);
    if (changes.isNewInThisRun(reading, device, "heartbeat", minute)) {
      reading.measured(device, claimed, new ValueCollector().put("heartbeat", true).inParts());
    } else {
      reading.passOver();
    }
  }

  /**
   * Whether it is a heartbeat. Its {@code videoloss inactive} differs from the end of a lost
   * picture by a count of 0 only; what has no count above 0 ends nothing.
   */
  private static boolean isSignOfLife(String type, boolean active, AlertFields alert) {
    return type.equals("heartbeat")
        || type.equals(AlarmTypes.VIDEO_LOSS)
            && !active
            && alert.text("activePostCount").filter(HikvisionProfile::isPositive).isEmpty();
  }

  private static boolean isPositive(String count) {
    return count.matches("[0-9]{1,18}") && Long.parseLong(count) > 0;
  }

  private static boolean isActive(AlertFields alert) throws Unreadable {
    Set<String> said =
        alert.texts("eventState").stream().map(Truth::normal).collect(Collectors.toSet());
    if (said.isEmpty() || said.contains("active")) {
      return true;
    }
    if (said.contains("inactive")) {
      return false;
    }
    throw new Unreadable(RefusalReason.BAD_FIELD, "eventState: is neither active nor inactive");
  }

  /** The alarm's type. A lasting alarm has the type {@code duration}, with the real one inside. */
  private static String actual(String type, AlertFields alert) {
    Optional<String> ofPanel = PanelCodes.type(alert);
    if (ofPanel.isPresent()) {
      return ofPanel.get();
    }
    String inner =
        type.equalsIgnoreCase(DURATION)
            ? alert
                .text("DurationList", "Duration", "relationEvent")
                .or(() -> alert.text("DurationList", "relationEvent"))
                .orElse(type)
            : type;
    return inner.toLowerCase(Locale.ROOT);
  }

  private Subject subject(
      MessageReading reading, Optional<String> number, String what, Kind supposed)
      throws Unreadable {
    Subject whole = reading.device("", supposed);
    String said = Numbers.plain(number.orElse(""));
    boolean itself =
        said.isEmpty()
            || said.equals("0")
            || said.equals("1") && !settings.recorders().contains(whole.device().value());
    if (itself) {
      return whole;
    }
    try {
      return reading.device(what.isEmpty() ? said : what + "-" + said, supposed);
    } catch (Unreadable noName) {
      reading.beside(noName);
      return whole;
    }
  }

  /** The regions of an alarm, each of which is one of its own; at least one. */
  private static List<Region> regions(AlertFields alert) {
    if (named(alert).equalsIgnoreCase(ACCESS) || PlateAlerts.isIt(alert)) {
      return List.of(new Region(Optional.empty(), Optional.empty()));
    }
    Optional<String> input = PanelCodes.input(alert).map(HikvisionProfile::shortened);
    Optional<String> target = alert.text("targetType");
    Map<Optional<String>, Region> regions = new LinkedHashMap<>();
    for (AlertFields entry : alert.entries("DetectionRegionList", "DetectionRegionEntry")) {
      Optional<String> id = entry.text("regionID").map(HikvisionProfile::shortened).or(() -> input);
      regions.putIfAbsent(id, new Region(id, entry.text("detectionTarget").or(() -> target)));
    }
    return regions.isEmpty() ? List.of(new Region(input, target)) : List.copyOf(regions.values());
  }

  private static String shortened(String said) {
    String id = Numbers.plain(said);
    return id.length() > LONGEST_REGION ? Sha256.hexOf(id).substring(0, LONGEST_REGION) : id;
  }

  private static void describe(AlertFields alert, Region region, String type, ValueCollector values)
      throws Unreadable {
    values.put("eventType", type);
    put(values, "code", PanelCodes.told(alert));
    put(values, "region", region.id());
    put(values, "target", region.target());
    put(values, "channelName", alert.text("channelName"));
  }

  static void put(ValueCollector values, String name, Optional<String> text) throws Unreadable {
    if (text.isPresent()) {
      values.put(name, text.get());
    }
  }
}
