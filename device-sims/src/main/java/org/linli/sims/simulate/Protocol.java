package org.linli.sims.simulate;

import java.util.Locale;

/** How a simulated device speaks to its gateway. */
enum Protocol {
  MQTT,
  COAP;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
