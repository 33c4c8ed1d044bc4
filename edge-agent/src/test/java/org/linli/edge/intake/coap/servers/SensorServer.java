package org.linli.edge.intake.coap.servers;

import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.eclipse.californium.elements.config.Configuration;

/** A sensor with one value, which is a CoAP server. */
final class SensorServer extends CoapResource {

  final CoapServer server;
  final int port;
  volatile String value = "0";
  volatile int format = 110;
  volatile boolean isGone;
  volatile int freshFor = 1;
  volatile int asked;
  volatile int askedFrom;

  SensorServer(int port) {
    super("celsius");
    setObservable(true);
    setObserveType(CoAP.Type.CON);
    CoapConfig.register();
    server = new CoapServer(Configuration.createStandardWithoutFile());
    CoapEndpoint endpoint =
        CoapEndpoint.builder()
            .setConfiguration(
                Configuration.createStandardWithoutFile().set(CoapConfig.MAX_ACTIVE_PEERS, 16))
            .setPort(port)
            .build();
    server.addEndpoint(endpoint);
    server.add(this);
    server.start();
    this.port = endpoint.getAddress().getPort();
  }

  @Override
  public void handleGET(CoapExchange exchange) {
    asked++;
    askedFrom = exchange.getSourcePort();
    if (isGone) {
      exchange.respond(ResponseCode.NOT_FOUND);
      return;
    }
    exchange.setMaxAge(freshFor);
    exchange.respond(ResponseCode.CONTENT, "[{\"n\":\"t\",\"v\":" + value + "}]", format);
  }

  void say(String newValue) {
    value = newValue;
    changed();
  }

  String uri() {
    return "coap://127.0.0.1:" + port + "/celsius";
  }
}
