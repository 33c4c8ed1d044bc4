package org.linli.edge.profile.sparkplug;

import java.util.Map;
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

  SparkplugSettings {
    sensors = Map.copyOf(sensors);
    inputs(sensors);
  }

  WiredInputs inputs() {
    return inputs(sensors);
  }

  private static WiredInputs inputs(Map<String, String> sensors) {
    return WiredInputs.ofSetting(
        "linli.profile.sparkplug.sensors",
        "group/node or group/node/device, a slash and the metric's name in the measurement, such as"
            + " plant/node-1/sensor-1/Inputs_Smoke",
        sensors);
  }
}
