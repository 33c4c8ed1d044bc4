package org.linli.edge.profile.senml;

import java.util.Map;
import org.linli.edge.profile.wired.SensorsSetting;
import org.linli.edge.profile.wired.WiredInputs;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for SenML.
 *
 * @param sensors what a value means, by {@code DEVICE/NAME}
 */
@ConfigurationProperties("linli.profile.senml")
record SenmlSettings(@DefaultValue Map<String, String> sensors) {

  private static final SensorsSetting SENSORS =
      new SensorsSetting(
          "senml", "the device's id, a slash and the name in the measurement, such as box-1/smoke");

  SenmlSettings {
    sensors = SENSORS.checked(sensors);
  }

  WiredInputs inputs() {
    return SENSORS.inputs(sensors);
  }
}
