package org.linli.edge.profile.chirpstack;

import java.util.Map;
import java.util.Optional;
import org.linli.edge.profile.WiredMeaning;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for ChirpStack.
 *
 * @param prefix topic levels before {@code application/…}; empty for none
 * @param batteryLow percentage below which a battery is low
 * @param decoders decoder names by device profile name, for devices without a codec in ChirpStack
 * @param sensors what a field means, by {@code DEVEUI/FIELD} or {@code DEVICE PROFILE/FIELD}
 */
@ConfigurationProperties("linli.profile.chirpstack")
record ChirpStackSettings(
    @DefaultValue("") String prefix,
    @DefaultValue("20") double batteryLow,
    @DefaultValue Map<String, String> decoders,
    @DefaultValue Map<String, String> sensors) {

  ChirpStackSettings {
    decoders = Map.copyOf(decoders);
    sensors = Map.copyOf(sensors);
    sensors.forEach(ChirpStackSettings::check);
    if (!(batteryLow >= 0 && batteryLow <= 100)) {
      throw new IllegalArgumentException(
          "linli.profile.chirpstack.battery-low is " + batteryLow + ", 0 to 100 percent are meant");
    }
    if (prefix.contains("+") || prefix.contains("#") || prefix.endsWith("/")) {
      throw new IllegalArgumentException(
          "linli.profile.chirpstack.prefix is '"
              + prefix
              + "': topic levels without + and # and without a / at the end are meant");
    }
    for (Map.Entry<String, String> decoder : decoders.entrySet()) {
      if (!PayloadDecoder.BY_NAME.containsKey(decoder.getValue())) {
        throw new IllegalArgumentException(
            "linli.profile.chirpstack.decoders[%s] is '%s', which is none of %s"
                .formatted(
                    decoder.getKey(),
                    decoder.getValue(),
                    String.join(", ", PayloadDecoder.BY_NAME.keySet())));
      }
    }
  }

  private static void check(String place, String word) {
    String key = "linli.profile.chirpstack.sensors[" + place + "]";
    int slash = place.lastIndexOf('/');
    if (slash <= 0 || slash == place.length() - 1) {
      throw new IllegalArgumentException(
          key
              + ": write the device's DevEUI or the name of its device profile, a slash and the"
              + " field, such as EM300-ZLD/leakage_status");
    }
    if (WiredMeaning.ofWord(word).isEmpty()) {
      throw new IllegalArgumentException(
          "%s is '%s', which is none of %s".formatted(key, word, WiredMeaning.words()));
    }
  }

  /** What the settings say of a device's field; those of the single device come first. */
  Optional<WiredMeaning> meaning(Sensors.Sender sender, String field) {
    return sensors.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(sensors.get(sender.eui() + "/" + field))
            .or(() -> Optional.ofNullable(sensors.get(sender.profile() + "/" + field)))
            .flatMap(WiredMeaning::ofWord);
  }
}
