package org.linli.sims.load;

import java.util.Locale;
import org.linli.sims.equipment.Way;

/** The protocols of a load's connections. */
enum LoadProtocol {
  MQTT,
  COAP,
  HTTP,
  /** Of five connections, three MQTT, one CoAP, one HTTP. */
  MIXED;

  private static final int MIX = 5;

  static LoadProtocol of(Way way) {
    return switch (way) {
      case MQTT -> MQTT;
      case COAP -> COAP;
      case HTTP -> HTTP;
    };
  }

  /** The protocol of connection number {@code i}. */
  LoadProtocol ofConnection(int i) {
    return this != MIXED ? this : i % MIX == 1 ? COAP : i % MIX == 3 ? HTTP : MQTT;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
