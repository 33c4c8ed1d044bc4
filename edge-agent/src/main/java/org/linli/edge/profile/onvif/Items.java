package org.linli.edge.profile.onvif;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linli.edge.profile.format.Truth;

/**
 * Data items whose name says what they mean under any topic: {@code IsMotion}, {@code IsInside} and
 * {@code IsTamper} of the ONVIF Analytics specification, and similar items of makers. Other items,
 * such as {@code State}, have a meaning only together with their topic.
 */
final class Items {

  private static final Map<String, Meaning> BY_NAME = new HashMap<>();

  /** Any of them says that the state holds that the topic is about. */
  private static final Set<String> STATES =
      Set.of(
          "state",
          "logicalstate",
          "isactive",
          "active",
          "isdetected",
          "detected",
          "istriggered",
          "triggered",
          "isalarm",
          "alarm",
          "alarmactive",
          "isalarmactive",
          "failed");

  /** In this order, where there is no state: they may also be a level that is measured. */
  private static final List<String> LEVELS =
      List.of("level", "motion", "audio", "tampering", "tamper", "value", "status");

  /** What has a number in it, even if it is 0 or 1. */
  private static final Pattern NUMBERED =
      Pattern.compile(
          "x|y|.*(id|token|index|count|counter|number|no|percent|score|confidence|likelihood"
              + "|priority|channel|time|level)");

  private static final Pattern PLATE = Pattern.compile(".*(?<!tem)plate.*");

  static {
    all(Meaning.MOTION, "motion");
    all(Meaning.INTRUSION, "inside", "objectsinside", "intrusion", "linecross", "linecrossed");
    all(Meaning.INTRUSION, "crossed", "enterregion", "regionenter", "tripwire", "crossline");
    all(Meaning.LEFT_ZONE, "leaveregion", "exitregion");
    all(Meaning.TAMPERED, "tamper", "tampered", "tampering", "scenechange", "occluded", "covered");
    all(Meaning.OBJECT, "people", "person", "human", "vehicle", "car", "pet", "animal", "dogcat");
    all(Meaning.OBJECT, "face", "facedetect", "facecapture", "package", "object", "petrecognition");
    all(Meaning.OBJECT, "parkingdetect", "nonmotorvehicle");
    all(Meaning.SOUND, "sound", "sounddetected", "audio", "audioanomaly", "audiosuddenrise");
    all(Meaning.SOUND, "audiosuddendrop", "babycry", "glassbreak");
    all(Meaning.LOITERING, "loitering", "loiteringdetect");
    all(Meaning.CROWD, "crowd", "crowdgathering");
    all(Meaning.LEFT_OBJECT, "unattendedobject", "objectleft", "leftobject");
    all(Meaning.REMOVED_OBJECT, "objectremoval", "objectremoved", "removedobject");
    all(Meaning.FIRE, "fire", "smoke", "flame");
    all(Meaning.RING, "visitor", "ring", "doorbell");
    all(Meaning.FALL, "fall", "falldetect", "falldown");
    all(Meaning.HELP, "sos", "panic", "emergency");
    all(Meaning.LOST, "signalloss", "videoloss", "videolost");
  }

  private Items() {}

  private static void all(Meaning meaning, String... names) {
    for (String name : names) {
      BY_NAME.put("is" + name, meaning);
    }
  }

  /** The meaning of an item by its own name; null if it has none. */
  static @Nullable Meaning named(String item) {
    return BY_NAME.get(item.toLowerCase(Locale.ROOT));
  }

  /** What the data say of the state that their topic is about; empty if they say nothing. */
  static List<Boolean> state(Map<String, List<String>> data) {
    List<Boolean> said = new ArrayList<>();
    Map<String, List<String>> byName = new HashMap<>();
    data.forEach(
        (name, values) ->
            byName.computeIfAbsent(normal(name), _ -> new ArrayList<>()).addAll(values));
    byName.forEach(
        (name, values) -> {
          if (STATES.contains(name)) {
            said.addAll(truths(values));
          }
        });
    for (String name : LEVELS) {
      if (said.isEmpty()) {
        said.addAll(truths(byName.getOrDefault(name, List.of())));
      }
    }
    // The classes of the objects that are in the picture now, if any.
    List<String> classes = byName.get("classtypes");
    if (said.isEmpty() && classes != null) {
      said.add(!String.join("", classes).isBlank());
    }
    return said;
  }

  /**
   * What the data of an alarm's topic say under names that only its maker knows, such as {@code
   * Open} and {@code disruption}.
   */
  static List<Boolean> anyState(Map<String, List<String>> data) {
    return data.entrySet().stream()
        .filter(item -> !NUMBERED.matcher(normal(item.getKey())).matches())
        .flatMap(item -> truths(item.getValue()).stream())
        .toList();
  }

  /** Those of the values that are true or false. */
  static List<Boolean> truths(List<String> values) {
    return values.stream().flatMap(value -> Truth.ofAlarmWord(value).stream()).toList();
  }

  /** Whether a number plate is among them. */
  static boolean havePlate(Map<String, List<String>> data) {
    return data.entrySet().stream()
        .filter(item -> PLATE.matcher(normal(item.getKey())).matches())
        .flatMap(item -> item.getValue().stream())
        .anyMatch(value -> !value.isBlank() && Truth.ofAlarmWord(value).isEmpty());
  }

  private static String normal(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
