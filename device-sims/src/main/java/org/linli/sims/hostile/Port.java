package org.linli.sims.hostile;

/** The ports through which clients reach the programs. */
enum Port {
  /** The gateway's port for MQTT devices. */
  GATEWAY_MQTT("gateway 1883"),
  /** The gateway's port for CoAP devices. */
  GATEWAY_COAP("gateway 5683"),
  /** The gateway's port for HTTP devices, its own page, and its health. */
  GATEWAY_HTTP("gateway 8081"),
  /** The hub's console and API. */
  HUB_HTTP("hub 8080"),
  /** The hub's port for gateways. */
  HUB_GATEWAYS("hub 2883");

  private final String usually;

  Port(String usually) {
    this.usually = usually;
  }

  /** The program, and its default port. */
  @Override
  public String toString() {
    return usually;
  }
}
