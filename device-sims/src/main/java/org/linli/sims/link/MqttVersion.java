package org.linli.sims.link;

/** Which MQTT a device speaks. */
public enum MqttVersion {
  V3_1_1(4),
  V5(5);

  private final int level;

  MqttVersion(int level) {
    this.level = level;
  }

  /** What CONNECT calls it. */
  int level() {
    return level;
  }
}
