package org.linli.edge.profile.onvif;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The meanings of topics. First those of the ONVIF specifications (Core, annex on topics;
 * Analytics; Access Control; Door Control), then those of makers (Axis, Dahua, Hanwha, Hikvision,
 * Reolink, Tapo, Uniview and others) by the words in them. Other topics become measurements.
 */
final class Topics {

  /**
   * A state of a door or an access point that one item names.
   *
   * @param state the item; empty if each notification is an event
   * @param on its value while it holds
   */
  record DoorState(String topic, String state, String on, Meaning meaning) {

    /** Whether a value of the state says that it holds; empty if it says neither. */
    Optional<Boolean> holds(String value) {
      return value.equalsIgnoreCase(on)
          ? Optional.of(true)
          : isInOrder(value) ? Optional.of(false) : Optional.empty();
    }

    /** Whether the specifications give the state this value. */
    boolean isKnown(String value) {
      return holds(value).isPresent() || NEITHER.stream().anyMatch(value::equalsIgnoreCase);
    }

    private static boolean isInOrder(String value) {
      return IN_ORDER.stream().anyMatch(value::equalsIgnoreCase);
    }
  }

  /** The values of a door's states that say that all is in order. */
  private static final Set<String> IN_ORDER =
      Set.of("Closed", "Normal", "NotInTamper", "NotInFault");

  /** What a door's states may be besides; {@code Fault} is the sensor's. */
  private static final Set<String> NEITHER = Set.of("Unknown", "Fault");

  private static final List<DoorState> DOORS =
      List.of(
          door("AccessControl/AccessGranted", "", "", "access.granted", null),
          door("AccessControl/Denied", "", "", "access.denied", null),
          door("AccessControl/Duress", "", "", "sos.pressed", null),
          door("Door/State/DoorPhysicalState", "State", "Open", "door.opened", "door.closed"),
          door("Door/State/DoorAlarm", "State", "DoorForcedOpen", "door.forced", "door.secured"),
          door("Door/State/DoorAlarm", "State", "DoorOpenTooLong", "door.held-open", null),
          door("Door/State/DoorTamper", "State", "TamperDetected", "reader.tampered", null),
          door("Door/State/DoorFault", "State", "FaultDetected", "device.fault", null));

  private static final Map<String, Meaning> STANDARD = new HashMap<>();

  static {
    standard(Meaning.MOTION, "CellMotionDetector/Motion", "MotionRegionDetector/Motion");
    standard(Meaning.MOTION, "VideoSource/MotionAlarm");
    standard(Meaning.INTRUSION, "FieldDetector/ObjectsInside");
    standard(Meaning.TAMPERED, "TamperDetector/Tamper", "VideoSource/GlobalSceneChange");
    standard(Meaning.LOST, "VideoSource/SignalLoss", "VideoSource/VideoLoss");
    standard(Meaning.INPUT, "Device/Trigger/DigitalInput");
    standard(Meaning.OUTPUT, "Device/Trigger/Relay");
  }

  /** A word within a level, and what it means; the first that fits counts. */
  private record Word(Meaning meaning, Predicate<String> inLevel) {}

  private static final List<Word> WORDS =
      List.of(
          word(Meaning.OTHER_ALARM, has("fireescape", "firelane", "fireexit", "emergencyexit")),
          word(Meaning.FIRE, level -> level.contains("fire") && !level.contains("firewall")),
          word(Meaning.FIRE, has("smoke", "flame")),
          word(Meaning.LOST, has("signalloss", "videoloss", "videolost", "sourcelost")),
          word(Meaning.TAMPERED, has("tamper", "scenechange", "scenedetector", "shelter")),
          word(Meaning.TAMPERED, is("casing")),
          word(Meaning.TAMPERED, has("maskalarm", "videoblind", "videomask", "occlusion")),
          word(Meaning.POOR_IMAGE, has("imagetoo", "defocus", "unfocus")),
          word(Meaning.FALL, has("falldetect", "falldown", "fallen")),
          word(Meaning.HELP, has("panic", "emergency", "sosalarm")),
          word(Meaning.CROWD, has("crowd", "gather", "rioter")),
          word(Meaning.LOITERING, has("loiter", "wander")),
          word(Meaning.LEFT_OBJECT, has("unattended", "abandon", "leftobject", "leftdetect")),
          word(Meaning.REMOVED_OBJECT, has("objectremov", "removal", "takenaway", "missingobject")),
          word(Meaning.LEFT_ZONE, has("regionexit", "exitingregion", "exitregion", "leaveregion")),
          word(Meaning.LEFT_ZONE, is("leave", "exit", "exited", "leaving", "exiting")),
          word(Meaning.INTRUSION, has("intrusion", "linecross", "linedetect", "crossline")),
          word(Meaning.INTRUSION, has("crossregion", "crossed", "crossing", "tripwire")),
          word(Meaning.INTRUSION, has("fielddetect", "objectsinside", "fenceguard", "perimeter")),
          word(
              Meaning.INTRUSION, has("regionentrance", "enterregion", "enteringregion", "ivaarea")),
          word(Meaning.INTRUSION, has("virtualline", "entering")),
          word(Meaning.INTRUSION, is("enter", "entered", "entrance")),
          word(Meaning.RING, has("doorbell", "visitor", "callrequest", "callring", "ringcall")),
          word(Meaning.RING, is("ring", "bell", "call")),
          word(Meaning.OBJECT, has("people", "person", "human", "vehicle", "facedetect")),
          word(Meaning.OBJECT, has("facecapture", "dogcat", "animaldetect", "petdetect")),
          word(Meaning.OBJECT, has("objectdetect", "objectanalytics", "objectrecogn")),
          word(Meaning.OBJECT, is("face", "pet", "animal", "package")),
          word(Meaning.MOTION, has("motion", "videomove")),
          word(Meaning.MOTION, level -> level.equals("pir") || level.startsWith("vmd")),
          word(Meaning.SOUND, has("detectedsound", "sounddetect", "audiodetect", "audioalarm")),
          word(Meaning.SOUND, has("triggerlevel", "audioanomaly", "audioexception", "scream")),
          word(Meaning.INPUT, has("digitalinput", "virtualinput", "externalalarm")),
          word(Meaning.INPUT, level -> level.matches("alarmin(put)?\\d*|(input)?port")),
          word(Meaning.OUTPUT, has("relay", "digitaloutput", "alarmout", "virtualoutput")),
          word(Meaning.FAULT, has("storagefailure", "hardwarefailure", "fanfailure")),
          word(Meaning.FAULT, has("powersupplyfailure", "diskerror", "diskfull", "storagefull")),
          word(Meaning.FAULT, has("diskfailure", "storageerror", "temperaturecritical")),
          word(Meaning.FAULT, is("disruption")),
          // Of a thermal camera that watches a meter room or a shed.
          word(Meaning.OTHER_ALARM, has("temperaturealarm", "radiometryalarm", "overheat")));

  private Topics() {}

  private static DoorState door(
      String topic, String state, String on, String type, @Nullable String off) {
    return new DoorState(topic, state, on, Meaning.door(type, off, !state.isEmpty()));
  }

  private static void standard(Meaning meaning, String... topics) {
    for (String topic : topics) {
      STANDARD.put(topic, meaning);
    }
  }

  private static Word word(Meaning meaning, Predicate<String> inLevel) {
    return new Word(meaning, inLevel);
  }

  private static Predicate<String> has(String... parts) {
    List<String> all = List.of(parts);
    return level -> all.stream().anyMatch(level::contains);
  }

  private static Predicate<String> is(String... levels) {
    return List.of(levels)::contains;
  }

  /** The states of doors that a topic without its namespaces is about. */
  static List<DoorState> doors(String topic) {
    String bounded = "/" + topic + "/";
    return DOORS.stream().filter(each -> bounded.contains("/" + each.topic() + "/")).toList();
  }

  /** The state of a door that was open for too long, which the door's closing ends. */
  static Optional<Statement> heldOpen() {
    return DOORS.stream()
        .filter(each -> each.meaning().type().equals(Meaning.HELD_OPEN))
        .map(each -> new Statement(each.meaning(), each.topic(), false))
        .findFirst();
  }

  /** The meaning that the specifications give a topic; it may have further levels. */
  static Optional<Meaning> standard(String topic) {
    String bounded = "/" + topic + "/";
    return STANDARD.entrySet().stream()
        .filter(each -> bounded.contains("/" + each.getKey() + "/"))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The meaning that the words of a maker's topic have. */
  static Optional<Meaning> worded(String topic) {
    List<String> levels = new ArrayList<>();
    for (String level : topic.toLowerCase(Locale.ROOT).split("/")) {
      levels.add(level.replace("_", "").replace("-", ""));
    }
    // The last levels are the most specific: RuleEngine/CellMotionDetector/Intrusion.
    for (int i = levels.size() - 1; i > 0; i--) {
      String level = levels.get(i);
      for (Word word : WORDS) {
        if (word.inLevel().test(level)) {
          return Optional.of(word.meaning());
        }
      }
    }
    return Optional.empty();
  }
}
