package org.linli.sims.hostile;

/** Where strangers reach the programs. */
enum Door {
  /** The gateway's, for devices that speak MQTT. */
  GATEWAY_MQTT("gateway 1883"),
  /** The gateway's, for devices that speak CoAP. */
  GATEWAY_COAP("gateway 5683"),
  /** The gateway's, for devices that speak HTTP, its own page, and its health. */
  GATEWAY_HTTP("gateway 8081"),
  /** The hub's console and API. */
  HUB_HTTP("hub 8080"),
  /** The hub's, for gateways. */
  HUB_GATEWAYS("hub 2883");

  private final String usually;

  Door(String usually) {
    this.usually = usually;
  }

  /** The program and the port that this door has by default. */
  @Override
  public String toString() {
    return usually;
  }
}
