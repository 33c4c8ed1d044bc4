package org.linli.edge.profile.tasmota;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.edge.profile.wired.SensorsSetting;
import org.linli.edge.profile.wired.WiredInputs;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for Tasmota.
 *
 * @param fullTopics {@code FullTopic} of the devices, in as many forms as there are
 * @param sensors what is wired to a switch or button, by {@code TOPIC/Switch1} or {@code
 *     TOPIC/MCP230XX.D0}
 * @param zone for device times without one; null for that of all profiles
 * @param zones the same for single devices, by their {@code Topic}
 * @param batteryLow percentage at and below which the battery of a Zigbee device is low; 0 for
 *     never
 */
@ConfigurationProperties("linli.profile.tasmota")
record TasmotaSettings(
    @DefaultValue({"%prefix%/%topic%/", "tasmota/%topic%/%prefix%/"}) List<String> fullTopics,
    @DefaultValue Map<String, String> sensors,
    @Nullable ZoneId zone,
    @DefaultValue Map<String, ZoneId> zones,
    @DefaultValue("15") int batteryLow) {

  private static final String KEY = "linli.profile.tasmota.";

  private static final SensorsSetting SENSORS =
      new SensorsSetting(
          "tasmota", "the device's topic, a slash and the input, such as door-1/Switch1");

  TasmotaSettings {
    fullTopics = List.copyOf(fullTopics);
    sensors = SENSORS.checked(sensors);
    zones = Map.copyOf(zones);
    if (fullTopics.isEmpty()) {
      throw new IllegalArgumentException(
          KEY + "full-topics is empty; the default is %prefix%/%topic%/");
    }
    if (batteryLow < 0 || batteryLow > 100) {
      throw new IllegalArgumentException(KEY + "battery-low must be a percentage from 0 to 100");
    }
    FullTopic.all(KEY + "full-topics", fullTopics);
  }

  List<FullTopic> forms() {
    return FullTopic.all(KEY + "full-topics", fullTopics);
  }

  /** What is wired to switches, buttons and other inputs. */
  WiredInputs inputs() {
    return SENSORS.inputs(sensors);
  }
}
