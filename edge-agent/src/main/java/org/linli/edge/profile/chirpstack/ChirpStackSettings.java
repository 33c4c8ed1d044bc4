package org.linli.edge.profile.chirpstack;

import java.util.Map;
import org.linli.edge.profile.wired.SensorsSetting;
import org.linli.edge.profile.wired.WiredInputs;
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

  private static final SensorsSetting SENSORS =
      new SensorsSetting(
          "chirpstack",
          "the device's DevEUI or the name of its device profile, a slash and the field, such as"
              + " EM300-ZLD/leakage_status");

  ChirpStackSettings {
    decoders = Map.copyOf(decoders);
    sensors = SENSORS.checked(sensors);
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

  /** What the settings say of the fields of devices and of device profiles. */
  WiredInputs inputs() {
    return SENSORS.inputs(sensors);
  }
}
