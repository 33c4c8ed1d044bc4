package org.linli.sims.equipment;

/** How a format travels. */
public enum Way {
  MQTT,
  COAP,
  HTTP
}
