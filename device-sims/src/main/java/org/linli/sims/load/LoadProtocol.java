package org.linli.sims.load;

import java.util.Locale;

/** What the connections of a load speak. */
enum LoadProtocol {
  MQTT,
  COAP,
  HTTP,
  /** Of five connections three MQTT, one CoAP, one HTTP. */
  MIXED;

  private static final int MIX = 5;

  /** What connection number {@code i} speaks. */
  LoadProtocol ofConnection(int i) {
    return this != MIXED ? this : i % MIX == 1 ? COAP : i % MIX == 3 ? HTTP : MQTT;
  }

  /** Whether any of so many connections speaks it. */
  boolean uses(LoadProtocol one, int connections) {
    for (int i = 0; i < Math.min(connections, MIX); i++) {
      if (ofConnection(i) == one) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
