package org.linli.edge.profile.wired;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.linli.edge.profile.WiredMeaning;
import org.linli.event.Kind;

/**
 * What a setting says of the inputs of equipment: {@code sensors[WHOSE/FIELD]=smoke}. WHOSE is what
 * its format calls the device, and FIELD the name that the value has in a measurement.
 */
public final class WiredInputs {

  private final Map<String, WiredMeaning> meanings;
  private final Set<String> owners;
  private final Map<String, Kind> kinds = new HashMap<>();

  private WiredInputs(Map<String, WiredMeaning> meanings) {
    this.meanings = Map.copyOf(meanings);
    this.owners =
        meanings.keySet().stream()
            .map(place -> place.substring(0, place.lastIndexOf('/')))
            .collect(Collectors.toUnmodifiableSet());
    meanings.forEach(
        (place, meaning) -> {
          String whose = place.substring(0, place.lastIndexOf('/'));
          switch (meaning) {
            case DOOR -> kinds.put(whose, Kind.ACCESS);
            case SOS, FALL -> kinds.put(whose, Kind.CARE);
            case WATER, SMOKE, GAS, MOTION, TAMPER, BUTTON -> {}
          }
        });
  }

  /**
   * @param key of the setting, {@code linli.profile.tasmota.sensors}
   * @param form what stands in the brackets, with an example
   * @throws IllegalArgumentException naming the key and what is meant
   */
  static WiredInputs ofSetting(String key, String form, Map<String, String> sensors) {
    Map<String, WiredMeaning> meanings = new HashMap<>();
    sensors.forEach(
        (place, word) -> {
          String full = key + "[" + place + "]";
          int slash = place.lastIndexOf('/');
          if (slash <= 0 || slash == place.length() - 1) {
            throw new IllegalArgumentException(
                full
                    + ": write "
                    + form
                    + "; in application.yml or as an option, as no variable of the environment can"
                    + " have the slash");
          }
          meanings.put(
              place,
              WiredMeaning.ofWord(word)
                  .orElseThrow(
                      () ->
                          new IllegalArgumentException(
                              "%s is '%s', which is none of %s"
                                  .formatted(full, word, WiredMeaning.words()))));
        });
    return new WiredInputs(meanings);
  }

  /** The meanings by {@code WHOSE/FIELD}. */
  public Map<String, WiredMeaning> byPlace() {
    return meanings;
  }

  public Optional<WiredMeaning> meaning(String whose, String field) {
    return meanings.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(meanings.get(whose + "/" + field));
  }

  /** Whether anything is wired to that device. */
  public boolean areSet(String whose) {
    return owners.contains(whose);
  }

  /** The kind of a device by what is wired to it. */
  public Kind kind(String whose, Kind otherwise) {
    return kinds.getOrDefault(whose, otherwise);
  }
}
