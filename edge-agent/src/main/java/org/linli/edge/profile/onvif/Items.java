package org.linli.edge.profile.onvif;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.edge.profile.format.Truth;

/**
 * Data items that say by their name what holds, whatever topic the maker sends them under: {@code
 * IsMotion}, {@code IsInside} and {@code IsTamper} of the ONVIF Analytics specification, and those
 * that makers made like them. Others, such as {@code State}, need the topic to say what is meant.
 */
final class Items {

  private static final Map<String, Meaning> BY_NAME = new HashMap<>();

  /** In this order, so that a state outranks what only accompanies it. */
  private static final List<String> STATES =
      List.of(
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
          "level",
          "motion",
          "audio",
          "tampering",
          "tamper",
          "failed",
          "value",
          "status");

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
  static Optional<Boolean> state(Map<String, String> data) {
    Map<String, String> byName = new HashMap<>();
    data.forEach((name, value) -> byName.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
    for (String name : STATES) {
      String value = byName.get(name);
      Optional<Boolean> said = value == null ? Optional.empty() : Truth.ofAlarmWord(value);
      if (said.isPresent()) {
        return said;
      }
    }
    // The classes of the objects that are in the picture now, if any.
    String classes = byName.get("classtypes");
    return classes == null ? Optional.empty() : Optional.of(!classes.isBlank());
  }

  /** Whether a number plate is among them. */
  static boolean havePlate(Map<String, String> data) {
    return data.entrySet().stream()
        .anyMatch(
            item ->
                item.getKey().toLowerCase(Locale.ROOT).contains("plate")
                    && !item.getValue().isBlank());
  }
}
