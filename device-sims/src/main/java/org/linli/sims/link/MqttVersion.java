package org.linli.sims.link;

/** The MQTT version that a device speaks. */
public enum MqttVersion {
  V3_1_1(4),
  V5(5);

  private final int level;

  MqttVersion(int level) {
    this.level = level;
  }

  /** The protocol level in CONNECT. */
  int level() {
    return level;
  }
}
