package org.linli.edge.profile.senml;

import java.util.Map;
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

  SenmlSettings {
    sensors = Map.copyOf(sensors);
    inputs(sensors);
  }

  WiredInputs inputs() {
    return inputs(sensors);
  }

  private static WiredInputs inputs(Map<String, String> sensors) {
    return WiredInputs.ofSetting(
        "linli.profile.senml.sensors",
        "the device's id, a slash and the name in the measurement, such as box-1/smoke",
        sensors);
  }
}
