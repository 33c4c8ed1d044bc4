package org.linli.edge.profile.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Address;
import org.linli.edge.profile.Profiles;
import org.linli.edge.profile.format.Truth;
import org.linli.edge.profile.life.LifeWord;
import org.linli.edge.profile.life.LifeWords;
import org.linli.event.DeviceEvent;
import org.linli.event.Value;

/**
 * Finds measurements that are states of life safety by their names, and says which setting makes
 * alarms of them: in these formats nobody but the installer knows what a value means.
 */
final class SensorHints {

  /** What stands before the slash in the setting {@code sensors} of each profile that has one. */
  private static final Map<String, String> OWNERS =
      Map.of(
          "chirpstack", "DEVICE PROFILE",
          "senml", "",
          "sparkplug", "GROUP/NODE/DEVICE",
          "tasmota", "",
          "thingsboard", "");

  private SensorHints() {}

  static List<String> of(Profiles profiles, Address address, List<DeviceEvent> events) {
    String profile = reader(profiles, address);
    if (profile == null || !events.stream().allMatch(event -> event.type().isMeasurement())) {
      return List.of();
    }
    List<String> hints = new ArrayList<>();
    for (DeviceEvent event : events) {
      event
          .values()
          .byName()
          .forEach(
              (name, value) -> {
                LifeWord word = isState(value) ? LifeWords.first(name) : null;
                if (word != null) {
                  hints.add(hint(profile, event, name, word));
                }
              });
    }
    return hints;
  }

  private static String hint(String profile, DeviceEvent event, String name, LifeWord word) {
    String form = OWNERS.getOrDefault(profile, "");
    String owner = form.isEmpty() ? event.device().value() : form;
    return "hint: %s is a measurement; if it is an alarm, set linli.profile.%s.sensors[%s/%s]=%s"
        .formatted(name, profile, owner, name, meaning(word));
  }

  private static String meaning(LifeWord word) {
    return switch (word.word()) {
      case "gas", "carbon monoxide" -> "gas";
      case "SOS", "help", "emergency", "duress" -> "sos";
      case "fall" -> "fall";
      default -> "smoke";
    };
  }

  private static boolean isState(Value value) {
    return switch (value) {
      case Value.Truth _ -> true;
      case Value.Whole whole -> whole.number() == 0 || whole.number() == 1;
      case Value.Text text -> Truth.ofAlarmWord(text.text()).isPresent();
      case Value.Real _ -> false;
    };
  }

  private static @Nullable String reader(Profiles profiles, Address address) {
    if (address instanceof Address.ToProfile posted) {
      return OWNERS.containsKey(posted.profile()) ? posted.profile() : null;
    }
    return address instanceof Address.Topic published
        ? OWNERS.keySet().stream()
            .filter(name -> profiles.reads(name, published.topic()))
            .findFirst()
            .orElse(null)
        : null;
  }
}
