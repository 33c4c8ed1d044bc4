package org.linli.edge.profile.zigbee2mqtt;

import java.util.List;
import java.util.Map;
import org.linli.edge.profile.format.TopicPrefix;
import org.linli.edge.profile.wired.SensorsSetting;
import org.linli.edge.profile.wired.WiredInputs;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for Zigbee2MQTT.
 *
 * @param baseTopic {@code mqtt.base_topic} in Zigbee2MQTT
 * @param batteryLow percentage at and below which a battery is low; 0 to use {@code battery_low}
 *     alone
 * @param sosDevices friendly names of buttons of which every action is a call for help
 * @param sosActions actions of any button that are a call for help
 * @param sensors what a value means, by {@code NAME/FIELD}
 */
@ConfigurationProperties("linli.profile.zigbee2mqtt")
record Zigbee2MqttSettings(
    @DefaultValue("zigbee2mqtt") String baseTopic,
    @DefaultValue("15") int batteryLow,
    @DefaultValue List<String> sosDevices,
    @DefaultValue({"emergency", "sos", "panic", "help", "fire", "medical", "police"})
        List<String> sosActions,
    @DefaultValue Map<String, String> sensors) {

  private static final SensorsSetting SENSORS =
      new SensorsSetting(
          "zigbee2mqtt", "the device's friendly name, a slash and the field, such as kitchen/gas");

  Zigbee2MqttSettings {
    TopicPrefix.ofSetting("linli.profile.zigbee2mqtt.base-topic", baseTopic);
    if (batteryLow < 0 || batteryLow > 100) {
      throw new IllegalArgumentException(
          "linli.profile.zigbee2mqtt.battery-low must be a percentage from 0 to 100");
    }
    sosDevices = List.copyOf(sosDevices);
    sosActions = List.copyOf(sosActions);
    sensors = SENSORS.checked(sensors);
  }

  WiredInputs inputs() {
    return SENSORS.inputs(sensors);
  }

  TopicPrefix base() {
    return new TopicPrefix(baseTopic);
  }
}
