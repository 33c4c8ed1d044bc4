package org.linli.edge.profile.frigate;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.linli.event.EventType;

/**
 * The events for sounds that Frigate recognises, by the labels of its model ({@code
 * audio-labelmap.txt}). A smoke alarm opens an alert. A scream or a breaking window is an event
 * without a rule, because children scream too.
 */
final class Sounds {

  static final EventType FIRE = new EventType("fire.seen");
  private static final EventType SOUND = new EventType("sound.detected");

  private static final Set<String> OF_FIRE =
      Set.of("fire_alarm", "smoke_detector", "smoke_alarm", "fire", "carbon_monoxide_alarm");

  /** Labels of objects, which each model has of its own. */
  private static final Set<String> SEEN_OF_FIRE =
      Set.of(
          "fire", "smoke", "flame", "flames", "fire_smoke", "smoke_fire", "wildfire", "open_flame");

  private static final Set<String> OF_DISTRESS =
      Set.of(
          "scream",
          "screaming",
          "yell",
          "shout",
          "glass",
          "shatter",
          "breaking",
          "smash",
          "gunshot",
          "machine_gun",
          "explosion",
          "alarm",
          "siren",
          "civil_defense_siren",
          "buzzer");

  private Sounds() {}

  /** The event for a label; empty for a sound that is none. */
  static Optional<EventType> event(String label) {
    String normal = normal(label);
    return OF_FIRE.contains(normal)
        ? Optional.of(FIRE)
        : OF_DISTRESS.contains(normal) ? Optional.of(SOUND) : Optional.empty();
  }

  static boolean haveFire(List<String> labels) {
    return isAny(labels, OF_FIRE);
  }

  /** Whether a picture has fire or its smoke in it. */
  static boolean showFire(List<String> labels) {
    return isAny(labels, SEEN_OF_FIRE);
  }

  private static boolean isAny(List<String> labels, Set<String> of) {
    for (String label : labels) {
      if (of.contains(normal(label))) {
        return true;
      }
    }
    return false;
  }

  private static String normal(String label) {
    return label.strip().toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
  }
}
