package org.linli.sims.load;

import java.util.Locale;
import org.linli.sims.equipment.Way;

/** What the connections of a load speak. */
enum LoadProtocol {
  MQTT,
  COAP,
  HTTP,
  /** Of five connections three MQTT, one CoAP, one HTTP. */
  MIXED;

  private static final int MIX = 5;

  static LoadProtocol of(Way way) {
    return switch (way) {
      case MQTT -> MQTT;
      case COAP -> COAP;
      case HTTP -> HTTP;
    };
  }

  /** What connection number {@code i} speaks. */
  LoadProtocol ofConnection(int i) {
    return this != MIXED ? this : i % MIX == 1 ? COAP : i % MIX == 3 ? HTTP : MQTT;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
