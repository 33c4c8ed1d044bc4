package org.linli.edge.profile.hikvision;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.linli.event.EventType;

/** The event types of a camera's alarms; by their names, or by the words in them. */
final class AlarmTypes {

  static final String VIDEO_LOSS = "videoloss";
  static final EventType VIDEO_RESTORED = new EventType("video.restored");

  private static final Map<String, EventType> ACTIVE = new HashMap<>();

  static {
    all("zone.intruded", "fielddetection", "linedetection", "regionentrance", "intrusion");
    all("zone.left", "regionexiting");
    all("video.lost", VIDEO_LOSS);
    all("camera.tampered", "shelteralarm", "tamperdetection", "scenechangedetection");
    all("fire.seen", "firedetection", "smokedetection", "smokeandfiredetection");
    all("motion.detected", "vmd", "pir", "motiondetection");
    all("input.activated", "io");
    all("object.detected", "facedetection", "facesnap", "vehicledetection", "humanrecognition");
    all("object.left", "unattendedbaggage");
    all("object.removed", "attendedbaggage");
    all("loitering.detected", "loitering");
    all("crowd.gathered", "group");
    all(
        "device.fault",
        "diskerror",
        "hderror",
        "hdfull",
        "badvideo",
        "recordingfailure",
        "diskfull",
        "diskunformat",
        "nicbroken",
        "ipconflict");
    all("sound.detected", "audioexception");
    all("login.refused", "illaccess");
  }

  /** Words with another one in them that means something else: {@code emotionDetection}. */
  private static final Pattern HARMLESS =
      Pattern.compile("firewall|firmware|firework|default|emotion|misfire|fireman|smokeless");

  /** What the end of an alarm is told as, if it is told. */
  private static final Map<EventType, EventType> ENDS =
      Map.of(
          new EventType("fire-lane.occupied"), new EventType("fire-lane.freed"),
          new EventType("smoke.detected"), new EventType("smoke.cleared"),
          new EventType("gas.detected"), new EventType("gas.cleared"),
          new EventType("water.leak"), new EventType("water.cleared"),
          new EventType("supply.lost"), new EventType("supply.restored"));

  /** A word within a name, and what it means; the first that fits counts. */
  private record Word(EventType type, List<String> words) {

    boolean isIn(String theirs) {
      String without = HARMLESS.matcher(theirs).replaceAll("");
      return words.stream().anyMatch(without::contains);
    }
  }

  private static final EventType UNKNOWN = new EventType("alarm.unknown");

  private static final Set<String> OF_LIFE =
      Set.of("fire.seen", "sos.pressed", "fall.detected", "object.fallen-from-height");

  private static final List<String> FIGURES =
      List.of("counting", "heatmap", "statistic", "queue", "thermometry", "trafficflow");

  private static final List<Word> WORDS =
      List.of(
          word("fire-lane.occupied", "fireescape", "firelane", "firepassage", "fireengine"),
          word("fire-lane.occupied", "fireexit", "emergencylane", "emergencyexit", "escaperoute"),
          word("device.fault", "fireextinguisher", "firehydrant", "fireequipment"),
          word("fire.seen", "fire", "smoke", "flame"),
          word("sos.pressed", "sos", "panic", "emergency", "helpalarm"),
          word("fall.detected", "falldown", "faildown", "fallen"),
          word("object.fallen-from-height", "highaltitude", "parabol", "fallingobject"),
          word("ebike.in-elevator", "ebike", "electricbike", "electrombile", "electromobile"),
          word("video.lost", "signalloss"),
          word("camera.tampered", "tamper", "shelter", "scenechange", "occlusion", "vandal"),
          word("zone.intruded", "intrusion", "linecross", "crossline", "regionentr", "perimeter"),
          word("zone.intruded", "fielddetect", "linedetect", "climb"),
          word("zone.left", "regionexit", "leaveregion"),
          word("object.left", "unattended", "objectleft"),
          word("object.removed", "objectremov", "attendedbaggage"),
          word("loitering.detected", "loiter", "wander"),
          word("crowd.gathered", "crowd", "gather"),
          word("doorbell.rung", "doorbell", "callrequest", "visitorcall"),
          word("sound.detected", "audioexc", "audioabn", "audiodetect", "soundintens", "scream"),
          word("device.fault", "fault", "failure", "exception", "error", "broken", "abnormal"),
          word("motion.detected", "motion"));

  private static Word word(String type, String... words) {
    return new Word(new EventType(type), List.of(words));
  }

  private AlarmTypes() {}

  private static void all(String type, String... theirs) {
    for (String each : theirs) {
      ACTIVE.put(each, new EventType(type));
    }
  }

  /**
   * The type of an active alarm. One that is in no list is known by the words in its name, or is an
   * alarm of unknown meaning, which is an event all the same.
   *
   * @param theirs in lower case
   */
  static EventType ofActive(String theirs) {
    if (PanelCodes.isOne(theirs)) {
      return PanelCodes.ofActive(theirs);
    }
    EventType known = ACTIVE.get(theirs);
    return known == null
        ? WORDS.stream()
            .filter(word -> word.isIn(theirs))
            .map(Word::type)
            .findFirst()
            .orElse(UNKNOWN)
        : known;
  }

  /** The one of several names that calls for help first; the first of those that do so alike. */
  static String gravest(List<String> theirs) {
    return theirs.stream().max(Comparator.comparingInt(AlarmTypes::gravity)).orElse("");
  }

  private static int gravity(String theirs) {
    String name = theirs.toLowerCase(Locale.ROOT);
    if (name.equals("heartbeat") || name.equals("duration")) {
      return 0;
    }
    return isAboutALife(name) ? 3 : name.equals(VIDEO_LOSS) ? 1 : 2;
  }

  /**
   * Whether it calls for help.
   *
   * @param theirs in lower case
   */
  static boolean isAboutALife(String theirs) {
    return OF_LIFE.contains(ofActive(theirs).value());
  }

  /** The event when an alarm of this type is over; empty if that is none. */
  static Optional<EventType> end(EventType active) {
    return Optional.ofNullable(ENDS.get(active));
  }

  /** Whether it is a figure that a camera posts in the form of an alarm. */
  static boolean isMeasured(String theirs) {
    if (PanelCodes.isOne(theirs)) {
      return PanelCodes.isMeasured(theirs);
    }
    return !ACTIVE.containsKey(theirs) && FIGURES.stream().anyMatch(theirs::contains);
  }
}
