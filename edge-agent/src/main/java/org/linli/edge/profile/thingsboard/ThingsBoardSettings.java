package org.linli.edge.profile.thingsboard;

import java.util.Map;
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

  ThingsBoardSettings {
    sensors = Map.copyOf(sensors);
    inputs(sensors);
  }

  WiredInputs inputs() {
    return inputs(sensors);
  }

  private static WiredInputs inputs(Map<String, String> sensors) {
    return WiredInputs.ofSetting(
        "linli.profile.thingsboard.sensors",
        "the device's name, a slash and the key, such as Kitchen/smoke",
        sensors);
  }
}
