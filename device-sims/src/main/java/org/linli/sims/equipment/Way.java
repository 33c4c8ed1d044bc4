package org.linli.sims.equipment;

/** The protocol that carries a format. */
public enum Way {
  MQTT,
  COAP,
  HTTP
}
