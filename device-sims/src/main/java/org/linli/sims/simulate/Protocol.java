package org.linli.sims.simulate;

import java.util.Locale;

/** The protocol between a simulated device and its gateway. */
enum Protocol {
  MQTT,
  COAP;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
