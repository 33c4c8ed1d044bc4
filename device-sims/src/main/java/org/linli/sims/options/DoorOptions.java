package org.linli.sims.options;

import java.net.URI;
import picocli.CommandLine.Option;

/** The addresses where a gateway listens. */
public final class DoorOptions {

  @Option(
      names = "--mqtt",
      paramLabel = "URI",
      defaultValue = "mqtt://127.0.0.1:1883",
      description = "the gateway's MQTT address (${DEFAULT-VALUE})")
  private URI mqtt = URI.create("mqtt://127.0.0.1:1883");

  @Option(
      names = "--coap",
      paramLabel = "URI",
      defaultValue = "coap://127.0.0.1:5683",
      description = "the gateway's CoAP address (${DEFAULT-VALUE})")
  private URI coap = URI.create("coap://127.0.0.1:5683");

  @Option(
      names = "--http",
      paramLabel = "URI",
      defaultValue = "http://127.0.0.1:8081",
      description = "the gateway's HTTP address (${DEFAULT-VALUE})")
  private URI http = URI.create("http://127.0.0.1:8081");

  public URI mqtt() {
    return mqtt;
  }

  public URI coap() {
    return coap;
  }

  public URI http() {
    return http;
  }
}
