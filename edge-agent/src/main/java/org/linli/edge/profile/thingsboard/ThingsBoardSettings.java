package org.linli.edge.profile.thingsboard;

import java.util.Map;
import org.linli.edge.profile.wired.SensorsSetting;
import org.linli.edge.profile.wired.WiredInputs;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for ThingsBoard.
 *
 * @param sensors what a value means, by {@code DEVICE/KEY}
 */
@ConfigurationProperties("linli.profile.thingsboard")
record ThingsBoardSettings(@DefaultValue Map<String, String> sensors) {

  private static final SensorsSetting SENSORS =
      new SensorsSetting(
          "thingsboard", "the device's name, a slash and the key, such as Kitchen/smoke");

  ThingsBoardSettings {
    sensors = SENSORS.checked(sensors);
  }

  WiredInputs inputs() {
    return SENSORS.inputs(sensors);
  }
}
