package org.linli.edge.profile.sparkplug;

import java.util.Map;
import org.linli.edge.profile.wired.SensorsSetting;
import org.linli.edge.profile.wired.WiredInputs;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for Sparkplug B.
 *
 * @param sensors what a value means, by {@code GROUP/NODE/DEVICE/METRIC}
 */
@ConfigurationProperties("linli.profile.sparkplug")
record SparkplugSettings(@DefaultValue Map<String, String> sensors) {

  private static final SensorsSetting SENSORS =
      new SensorsSetting(
          "sparkplug",
          "group/node or group/node/device, a slash and the metric's name in the measurement, such"
              + " as plant/node-1/sensor-1/Inputs_Smoke");

  SparkplugSettings {
    sensors = SENSORS.checked(sensors);
  }

  WiredInputs inputs() {
    return SENSORS.inputs(sensors);
  }
}
